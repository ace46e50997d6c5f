import { type ReactNode, useDeferredValue } from 'react'

interface Props {
  readonly children: ReactNode
}

/** What is below the first screen: rendered once the reader sees what is above it, and given up for whatever they press meanwhile. */
export function Later({ children }: Props) {
  return useDeferredValue(true, false) && children
}
