import { passwordSubject } from './password/run.ts'
import type { Subject } from './subject.ts'

/** What is simulated, each as often as it is named. */
export const subjects: readonly Subject[] = [passwordSubject]

export function subjectNamed(name: string): Subject | undefined {
  return subjects.find((subject) => subject.name === name)
}
