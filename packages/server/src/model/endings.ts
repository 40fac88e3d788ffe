/** Why a gateway's connection ended, as its event says it. What was recorded stays: old events are read by these words. */
export const endings = {
  /** It said goodbye before it closed the connection. */
  goodbye: 'The gateway closed the connection.',
  /** It ended without a goodbye. */
  broken: 'The connection broke.',
  silent: 'Nothing was heard of the gateway.',
  serverStopped: 'The server stopped.',
  serverRestarted: 'The server was restarted.',
  serverFailed: 'The server failed.',
  serverRestored: 'The server was restored from a backup.',
  nodeGone: 'The node that held its connection is gone.',
  operator: 'The operator ended the connection.',
  newIdentity: 'The gateway has to prove itself anew.',
  newKey: 'Its secret key was renewed.',
  passwordGivenUp: 'A password change was given up.',
  passwordNotProved: 'A password change was not proved.',
  passwordUndecided: 'A password change was left undecided.',
  passwordTakenBack: 'The operator takes a password back.',
} as const
