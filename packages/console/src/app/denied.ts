import { ApiError } from '@opensag/smartag-client'

/** Policies do not allow it: not that there is nothing. */
export function isDenied(error: unknown): boolean {
  return error instanceof ApiError && error.denied !== undefined
}

/** Undefined when policies do not allow the call: for a part of what is shown. Every other failure stays one. */
export async function unlessDenied<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isDenied(error)) return undefined
    throw error
  }
}
