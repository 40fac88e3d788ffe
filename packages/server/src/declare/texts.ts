/** A text of the documentation in both languages of its readers. */
export interface Texts {
  readonly en: string
  readonly zh: string
}
