import { useEffect, useRef } from 'react'

/** Another page begins at its top; one that is gone back to, where it was left. */
export function useTopOfPage(location: string): void {
  const isBack = useRef(true)
  useEffect(() => {
    const note = (): void => {
      isBack.current = true
    }
    // Before the router hears of it.
    addEventListener('popstate', note, { capture: true })
    return () => removeEventListener('popstate', note, { capture: true })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the address.
  useEffect(() => {
    if (!isBack.current) scrollTo(0, 0)
    isBack.current = false
  }, [location])
}
