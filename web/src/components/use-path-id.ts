import { usePathname } from 'wouter/use-browser-location'
import { pathId } from './path-id.ts'

/** Whom or what the page is about, as its address says. */
export function usePathId(): string {
  return pathId(usePathname())
}
