/** Keys that do something while nobody types: a view says which, the help lists them. */
import { useLocalStorage } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import { findShortcut, type Shortcut } from './find-shortcut.ts'

interface Section {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

interface Register {
  readonly sections: readonly Section[]
  readonly add: (section: Section) => () => void
  /** Whether keys of one letter do something: who speaks to the computer, or hits keys by mistake, turns them off (WCAG 2.1.4). */
  readonly areOn: boolean
  readonly turn: (on: boolean) => void
}

const ShortcutContext = createContext<Register | null>(null)

export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const [sections, setSections] = useState<readonly Section[]>([])
  const [add] = useState(() => (section: Section) => {
    setSections((before) => [...before, section])
    return () => setSections((before) => before.filter((other) => other !== section))
  })
  const [areOn, turn] = useLocalStorage({
    key: 'wonlost.keys',
    defaultValue: true,
    deserialize: (kept) => kept !== 'false',
    getInitialValueInEffect: false,
  })
  const press = useEffectEvent((event: KeyboardEvent, before: string): string => {
    if (isTyping(event) || (event.repeat && !MAY_BE_HELD.has(event.key))) return ''
    const { found, pending } = findShortcut(
      sections.flatMap(({ shortcuts }) => shortcuts).filter(({ keys }) => areOn || !isLetter(keys)),
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
  return <ShortcutContext value={{ sections, add, areOn, turn }}>{children}</ShortcutContext>
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

const NONE: Register = { sections: [], add: () => () => {}, areOn: false, turn: () => {} }

/** All of them, for the help. */
export function useShortcutRegister(): Register {
  return useContext(ShortcutContext) ?? NONE
}

/** These move on while they are held. All others do something, and do it once. */
const MAY_BE_HELD: ReadonlySet<string> = new Set(['j', 'k'])

const isLetter = (keys: string): boolean => keys.split(' ').some((key) => key.length === 1)

/** Boxes to tick take no letters. */
const TAKES_KEYS = 'input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=menu]'

function isTyping({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true
  if (!(target instanceof HTMLElement)) return false
  // These do something themselves when Enter is pressed on them.
  if (key === 'Enter' && target.closest('a, button, summary') !== null) return true
  return target.isContentEditable || target.closest(TAKES_KEYS) !== null
}
