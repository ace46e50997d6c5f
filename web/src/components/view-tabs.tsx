import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAddress } from './use-address.ts'

export interface ViewTab {
  readonly id: string
  readonly name: string
  readonly content: () => ReactNode
}

/** Parts of a view of which one is shown; which one stands in the address. The first is the default. */
export function ViewTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly ViewTab[] }) {
  const [asked, setAsked] = useAddress('tab')
  const first = tabs[0]?.id ?? ''
  const shown = tabs.find(({ id }) => id === asked) ?? tabs[0]
  return (
    <Tabs
      value={shown?.id ?? null}
      onChange={(id) => setAsked(id === first ? null : id)}
      keepMounted={false}
      color="indigo"
    >
      <Tabs.List aria-label={label} mb="md">
        {tabs.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id}>
          {id === shown?.id && content()}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
