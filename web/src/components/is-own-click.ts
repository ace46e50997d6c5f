import type { MouseEvent } from 'react'

/** Whether a row that is clicked on leads somewhere itself: not where a link in it does, nor where another tab is asked for. */
export function isOwnClick({ target, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  if (ctrlKey || metaKey || shiftKey || altKey) return false
  return target instanceof Element && target.closest('a, button') === null
}
