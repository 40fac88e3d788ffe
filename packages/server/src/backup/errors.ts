/** A backup could not be made, or is not one to restore. What was there is as it was; the message is for a person. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}
