import type { Settings } from '../schema.ts'
import { type Finding, noted, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

/** How passwords of remote users are mailed: all that is needed, or nothing of it. */
export async function mailFindings(settings: Settings): Promise<readonly Finding[]> {
  const { smtpHost, smtpFrom, smtpUser, smtpPasswordFile } = settings
  if (smtpHost === undefined) {
    const given = Object.entries({
      '--smtp-from': smtpFrom,
      '--smtp-user': smtpUser,
      '--smtp-password-file': smtpPasswordFile,
    }).flatMap(([flag, value]) => (value === undefined ? [] : [flag]))
    if (given.length === 0) return []
    return [
      refused(`--smtp-host is missing: ${given.join(', ')} needs it. Name the mail server, or leave the others out.`),
    ]
  }
  return [...senderFindings(settings), ...portFindings(settings), ...(await logonFindings(settings))]
}

function senderFindings({ smtpFrom }: Settings): readonly Finding[] {
  if (smtpFrom === undefined)
    return [refused('--smtp-from is missing: --smtp-host needs the address that mails come from.')]
  if (/^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(smtpFrom)) return []
  return [refused(`--smtp-from: "${smtpFrom}" is not a mail address. Write one such as sag@example.com.`)]
}

function portFindings({ smtpPort, smtpSecurity }: Settings): readonly Finding[] {
  if (smtpPort === 0) return [refused('--smtp-port must be a port from 1 to 65535, not 0.')]
  if (smtpPort === 465 && smtpSecurity !== 'tls') {
    return [noted('--smtp-port 465 is for TLS from the first byte: give --smtp-security tls, or use port 587.')]
  }
  if (smtpPort === 587 && smtpSecurity === 'tls') {
    return [noted('--smtp-port 587 is for STARTTLS: leave --smtp-security out, or use port 465.')]
  }
  return []
}

async function logonFindings({ smtpUser, smtpPasswordFile }: Settings): Promise<readonly Finding[]> {
  if ((smtpUser === undefined) !== (smtpPasswordFile === undefined)) {
    const missing = smtpUser === undefined ? '--smtp-user' : '--smtp-password-file'
    return [refused(`--smtp-user and --smtp-password-file must be given together: ${missing} is missing.`)]
  }
  if (smtpPasswordFile === undefined) return []
  const file = await readNamed('--smtp-password-file', smtpPasswordFile)
  if ('finding' in file) return [file.finding]
  if (file.content.toString('utf8').trim() !== '') return []
  return [refused(`--smtp-password-file: ${smtpPasswordFile} is empty. Write the password of ${smtpUser} into it.`)]
}
