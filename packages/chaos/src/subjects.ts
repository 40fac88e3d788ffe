import { configSubject } from './config/run.ts'
import { passwordSubject } from './password/run.ts'
import type { Subject } from './subject.ts'

/** What is simulated, each as often as it is named. */
export const subjects: readonly Subject[] = [
  passwordSubject,
  passwordSubject,
  passwordSubject,
  passwordSubject,
  configSubject,
]

export function subjectNamed(name: string): Subject | undefined {
  return subjects.find((subject) => subject.name === name)
}
