/** Why nothing follows from a parameter, or where what follows is proved. */
export interface Reason {
  readonly why: string
  /** The test that sees what no answer shows. */
  readonly test?: string
}

const oneWord: Reason = { why: 'Only one value is published as sold; every other is refused.' }
const secret = 'No answer shows a password, nor its hash.'
const onlyFalse: Reason = { why: 'Only false is accepted: there is no such thing.' }
const ofService: Reason = {
  why: 'The service fixes it; every value is refused.',
  test: 'ram/roles/create-service-linked-role.test.ts',
}
const ofEngine: Reason = { why: 'What is recognised is the same in every region; an unknown region is refused.' }
const onlyEcho: Reason = { why: 'Echo requests are the only kind of probe that is published.' }
const ofLeasedLines: Reason = {
  why: 'Only a port to a leased line has VLANs; at any other it is refused.',
  test: 'smartag/routes/create-sag-static-route.test.ts',
}
const codeOfAccount: Reason = {
  why: 'Enterprise codes belong to the account, in every region; an unknown region is refused.',
}

/** Parameters that are accepted and change nothing that the API shows, by operation. */
export const withoutEffect: Readonly<Record<string, Readonly<Record<string, Reason>>>> = {
  AssumeRole: {
    ExternalId: {
      why: 'It matters for a role whose trust policy asks for it.',
      test: 'sts/assume-role.test.ts',
    },
    Policy: {
      why: 'It narrows what the session may do, which is asked with its next call.',
      test: '../../../../test/access/sessions.test.ts',
    },
  },
  AddSecurityKey: {
    AttestationObject: {
      why: 'A key is shown by its name; what is in here proves its signatures.',
      test: 'opensag/security-keys/add-security-key.test.ts',
    },
    ClientDataJSON: {
      why: 'It says which challenge was answered; the answer to any other is refused.',
      test: 'opensag/security-keys/add-security-key.test.ts',
    },
    Transports: {
      why: 'The browser is told at the next logon how it reaches the key.',
      test: 'opensag/security-keys/add-security-key.test.ts',
    },
  },
  ChangePassword: { NewPassword: { why: secret, test: 'ram/login-profiles/change-password.test.ts' } },
  CreateLoginProfile: { Password: { why: secret, test: 'ram/login-profiles/create-login-profile.test.ts' } },
  CreateEnterpriseCode: { RegionId: codeOfAccount },
  DeleteEnterpriseCode: { RegionId: codeOfAccount },
  CreateHealthCheck: { Type: onlyEcho },
  CreateSagStaticRoute: { Vlan: ofLeasedLines },
  CreateServiceLinkedRole: { CustomSuffix: ofService, Description: ofService },
  CreateSmartAccessGateway: { ChargeType: oneWord },
  CreateSmartAccessGatewaySoftware: { ChargeType: oneWord, DataPlan: oneWord },
  DeleteSecurityKey: {
    OwnPassword: {
      why: 'A user gives it for a key of their own; nobody else is asked for one.',
      test: 'opensag/security-keys/delete-security-key.test.ts',
    },
  },
  DescribeSagVbrRelations: {
    RegionId: { why: 'VbrRegionId says where the lines are; the region of the instances is not asked for.' },
  },
  DowngradeSmartAccessGatewaySoftware: { DataPlan: oneWord },
  GetCloudConnectNetworkUseLimit: {
    RegionId: { why: 'The limit is one of the account, in all regions; an unknown region is refused.' },
  },
  GetSmartAccessGatewayUseLimit: {
    RegionId: { why: 'The limit is one of the account, in all regions; an unknown region is refused.' },
  },
  ListDpiGroups: { RegionId: ofEngine },
  ListDpiSignatures: { RegionId: ofEngine },
  ListEnterpriseCode: { RegionId: codeOfAccount },
  ModifySagWifi: { Password: { why: secret, test: 'smartag/ports/modify-sag-wifi.test.ts' } },
  ModifySagWan: { Password: { why: secret, test: 'smartag/ports/modify-sag-wan.test.ts' } },
  ModifySmartAccessGatewayUpBandwidth: {
    UpBandwidth4G: {
      why: 'No gateway has an uplink of 4G beside its WAN; every value is refused.',
      test: 'smartag/instances/modify-smart-access-gateway-up-bandwidth.test.ts',
    },
  },
  ModifySagStaticRoute: { Vlan: ofLeasedLines },
  ModifyHealthCheck: { Type: onlyEcho },
  SetSecurityPreference: { AllowUserToManagePublicKeys: onlyFalse, EnableSaveMFATicket: onlyFalse },
  UpdateEnterpriseCode: { RegionId: codeOfAccount },
  UpdateLoginProfile: { Password: { why: secret, test: 'ram/login-profiles/update-login-profile.test.ts' } },
  UpdateSmartAccessGatewayPortRouteProtocol: {
    Vlan: { ...ofLeasedLines, test: 'smartag/routes/update-smart-access-gateway-port-route-protocol.test.ts' },
  },
  UpgradeSmartAccessGateway: { DataPlan: oneWord },
  UpgradeSmartAccessGatewaySoftware: { DataPlan: oneWord },
}
