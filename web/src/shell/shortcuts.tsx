/** Keys that do something while nobody types: a view says which, the help lists them. */
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import { findShortcut, type Shortcut } from './find-shortcut.ts'

interface Section {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

interface Register {
  readonly sections: readonly Section[]
  readonly add: (section: Section) => () => void
}

const ShortcutContext = createContext<Register | null>(null)

export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const [sections, setSections] = useState<readonly Section[]>([])
  const [add] = useState(() => (section: Section) => {
    setSections((before) => [...before, section])
    return () => setSections((before) => before.filter((other) => other !== section))
  })
  const press = useEffectEvent((event: KeyboardEvent, before: string): string => {
    if (isTyping(event)) return ''
    const { found, pending } = findShortcut(
      sections.flatMap(({ shortcuts }) => shortcuts),
      before,
      event.key,
    )
    if (found) {
      event.preventDefault()
      found.run()
    }
    return pending
  })
  useEffect(() => {
    let pending = ''
    const listen = (event: KeyboardEvent): void => {
      pending = press(event, pending)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return <ShortcutContext value={{ sections, add }}>{children}</ShortcutContext>
}

/** For as long as the component is there. `shortcuts` may differ from one rendering to the next in what they do, not in their keys. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const register = useContext(ShortcutContext)
  const add = register?.add
  const run = useEffectEvent((keys: string) => shortcuts.find((one) => one.keys === keys)?.run())
  const listed = JSON.stringify(shortcuts.map(({ keys, does }) => [keys, does]))
  useEffect(() => {
    const known: readonly (readonly [string, string])[] = JSON.parse(listed)
    return add?.({ title, shortcuts: known.map(([keys, does]) => ({ keys, does, run: () => run(keys) })) })
  }, [add, title, listed])
}

export function useShortcutSections(): readonly Section[] {
  return useContext(ShortcutContext)?.sections ?? []
}

function isTyping({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true
  if (!(target instanceof HTMLElement)) return false
  // These do something themselves when Enter is pressed on them.
  if (key === 'Enter' && target.closest('a, button') !== null) return true
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null
  )
}
