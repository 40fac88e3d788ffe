/** What keeps a store from being opened, or a unit of work from being done. None of these is an answer to a client. */

/** The data was written by a newer version, whose rules this one does not know. Nothing was changed. */
export class NewerDataFolder extends Error {
  override readonly name = 'NewerDataFolder'

  constructor(where: string, found: string, known: string) {
    super(
      `${where} was written by a newer version of OpenSAG: its schema is ${found}, and this version knows none after ` +
        `${known}. Nothing was changed. Start the newer version again, or restore the backup made before the upgrade.`,
    )
  }
}

/** The data was written by a build between two releases, whose steps of the schema no release has. Nothing was changed. */
export class UnreleasedDataFolder extends Error {
  override readonly name = 'UnreleasedDataFolder'

  constructor(where: string, found: string | undefined, expected: string | undefined) {
    super(
      `${where} was written by an unreleased build of OpenSAG: its schema has the step ${found} where this version has ` +
        `${expected}. It is not damaged, but no release can upgrade it. Nothing was changed. Start that build again, or ` +
        'restore a backup made by a release.',
    )
  }
}

/** The target of `opensag store copy`, which was interrupted or found a difference. Nothing was changed. */
export class UnfinishedCopy extends Error {
  override readonly name = 'UnfinishedCopy'

  constructor() {
    super(
      'This database is the target of a copy that has not ended. Nothing was changed. Run the same `opensag store copy` ' +
        'again: it goes on where it stopped. If it was `opensag restore`, run that again: it begins anew.',
    )
  }
}

/** A step of the schema could not be taken, and none was. The cause is the database's own error. */
export class SchemaNotUpgraded extends Error {
  override readonly name = 'SchemaNotUpgraded'

  constructor(step: string | undefined, cause: unknown) {
    super(
      `The schema of the database could not be upgraded${step === undefined ? '' : ` (step ${step})`}. Nothing was changed. ` +
        'If its tables are not those of a release (an unreleased build, a change by hand), restore a backup made by a ' +
        'release. The database reports',
      { cause },
    )
  }
}

/** What is there is not a whole OpenSAG database. Nothing was changed, so that whatever can be saved still can. */
export class DamagedDataFolder extends Error {
  override readonly name = 'DamagedDataFolder'

  constructor(file: string, finding: string, cause?: unknown) {
    super(
      `${file} is damaged: ${finding}. Nothing was changed. Copy the whole folder aside and restore a backup.`,
      cause === undefined ? undefined : { cause },
    )
  }
}

/** Another program, or another part of this one, has the folder open. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'

  constructor(folder: string) {
    super(`${folder} is in use by another OpenSAG. Stop that one first, or choose another data folder.`)
  }
}

/** The write is not acknowledged: its commit, or the commit it shared, failed. The cause is the database's own error. */
export class WriteFailed extends Error {
  override readonly name = 'WriteFailed'

  constructor(cause: unknown) {
    super('The store could not make the change durable.', { cause })
  }
}

/** The database could not be reached in time. Nothing of the work was done, and nothing will be. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'

  constructor(ms: number) {
    super(`The database did not take the work within ${ms} ms. Nothing of it was done.`)
  }
}

/** The answer to the commit was lost, and the database was not back in time to say what became of it. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'

  constructor(ms: number) {
    super(`Within ${ms} ms the database did not say whether the change was made. Read it to find out.`)
  }
}

/** A defect of the program: a unit of work did not end in time, because it awaits something other than the store. */
export class UnfinishedWork extends Error {
  override readonly name = 'UnfinishedWork'

  constructor(ms: number) {
    super(`A unit of work did not end within ${ms} ms and was undone. It may await nothing but the store.`)
  }
}

/** A defect of the program: a statement outside the unit of work its handle was given for. */
export class OutsideUnitOfWork extends Error {
  override readonly name = 'OutsideUnitOfWork'

  constructor() {
    super('The unit of work this handle belongs to has ended.')
  }
}

/** A defect of the program, which costs time and nothing else: a unit of work touched more than it keeps to. */
export class UndeclaredTouch extends Error {
  override readonly name = 'UndeclaredTouch'

  /** @param keptTo what it keeps to, such as `the instance sag-1` */
  constructor(keptTo: string, statement: string) {
    super(`A unit of work that keeps to ${keptTo} touched something else: ${statement}`)
  }
}

export class StoreClosed extends Error {
  override readonly name = 'StoreClosed'

  constructor() {
    super('The store is closed.')
  }
}

/** As many used nonces are kept as may be. One more is not taken, and none that still counts is forgotten for it. */
export class TooManyNonces extends Error {
  override readonly name = 'TooManyNonces'

  constructor(most: number) {
    super(`The store keeps ${most} used nonces and takes no more until some have expired.`)
  }
}
