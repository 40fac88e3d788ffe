/** @throws for a placeholder without a value: an empty one would be a wrong configuration that starts */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string

export function valuesFrom(text: string): Readonly<Record<string, string>>
