/** Names of columns and fields, in the forms under which they are compared and kept. */

/** Longest name of a trait, in characters. */
export const MAX_TRAIT_NAME = 100

/** Two names with the same key are the same column: case does not matter; blanks, hyphens and underscores are alike. */
export function fieldKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}

/** `NumberOfEmployees`, `Number of Employees` and `number-of-employees?` are number_of_employees; empty when no letter or digit is left. */
export function snakeCase(name: string): string {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
}
