/** The branch that was made in this page: its key is shown without being asked for, until the page goes. */
export const shownOnce: { of: string | undefined } = { of: undefined }
