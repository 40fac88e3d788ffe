/** Codes that call a parameter by another word than its name. Of several the first that the form has. */
const meant: Readonly<Record<string, readonly string[]>> = {
  'ClientUser.NameEmpty': ['UserName'],
  'ClientUser.NameInvalid': ['UserName'],
  'ClientUser.UserExist': ['UserName'],
  'ClientUser.EmailEmpty': ['UserMail', 'Email'],
  'ClientUser.EmailInvalid': ['UserMail', 'Email'],
  'ClientUser.BandwidthInvalid': ['Bandwidth'],
  'ClientUser.IpEmpty': ['ClientIp'],
  'ClientUser.IpInvalid': ['ClientIp'],
  'EntityAlreadyExists.User': ['UserName'],
  'EntityAlreadyExists.Group': ['GroupName'],
  'EntityAlreadyExists.Role': ['RoleName'],
  'SAG.CidrEmpty': ['CidrBlock'],
  'SAG.InvalidCidrFormat': ['CidrBlock'],
  'SAG.InvalidCidr': ['CidrBlock'],
  InvalidCidr: ['CidrBlock'],
  CidrConflict: ['CidrBlock'],
  'SAG.NotAllowConfigCidr': ['CidrBlock'],
  'SAG.CidrAmountLimit': ['CidrBlock'],
  'SAG.CidrUsedByRoutableAddress': ['CidrBlock'],
  'SAG.IpCountTooLittle': ['CidrBlock'],
  'VbrConflict.ChangeSubnet': ['CidrBlock'],
  'VbrConflict.CreateBackup': ['CidrBlock'],
  'CCN.CidrEmpty': ['CidrBlock'],
  'CCN.InvalidCidr': ['CidrBlock'],
  'CCN.CidrAmountLimit': ['CidrBlock'],
  'CCN.CidrInUse': ['CidrBlock'],
  'SAG.CcnCidrNoConfig': ['CidrBlock'],
  'CCN.SnatCidrNoConfig': ['SnatCidrBlock', 'SnatIp'],
  'CCN.InvalidSnatCidr': ['SnatCidrBlock'],
  'CCN.SnatCidrInUse': ['SnatCidrBlock'],
  'CCN.SnatCidrConflict': ['SnatCidrBlock', 'SnatIp'],
  'SNAT.CidrConfigExist': ['CidrBlock'],
  'SNAT.SnatDnatIpConflict': ['SnatIp'],
  'SAG.ConflictSnatIp': ['SnatIp', 'CidrBlock'],
  'CCN.InvalidId': ['CcnInstanceId'],
  'InvalidId.CCN': ['CcnInstanceId'],
  'CCN.InvalidUid': ['CcnUid'],
  'InvalidId.CEN': ['CenId'],
  'InvalidId.SMARTAG': ['SmartAGId'],
}

/**
 * The field that a refusal is about: one whose name is in its code (`MissingParam.Password`, `InvalidParameter.UserName.Length`,
 * `SAG.InvalidSnatIp`, `ClientUser.InvalidClientIp`), or that the code means. Undefined where it is about the call.
 */
export function refusedFieldOf(code: string, fields: readonly string[]): string | undefined {
  const known = meant[code]?.find((name) => fields.includes(name))
  if (known !== undefined) return known
  const parts = code
    .split('.')
    .map((part) => part.replace(/^(Invalid|Missing|Illegal|Conflict)(?=[A-Z])/, '').toLowerCase())
  return fields.find((name) => parts.includes(name.toLowerCase()))
}
