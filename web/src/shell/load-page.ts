/** The file of a view; and where it does not come, why. */
import type { ComponentType } from 'react'
import { NoAnswer } from '../api/problem.ts'

interface PageFile {
  readonly default: ComponentType
}

export type LoadPage = () => Promise<PageFile>

/** The server has files of another version than this tab. */
export class OutdatedTab extends Error {
  override readonly name = 'OutdatedTab'
}

/** Throws `OutdatedTab`; `NoAnswer` where the server does not answer; another error where it does, and only the file is missing. */
export async function loadPage(load: LoadPage): Promise<PageFile> {
  try {
    await loadFailedStyles()
    return await load()
  } catch (cause) {
    if ((await readEntry()) !== entryOf(document))
      throw new OutdatedTab('The server has a newer version than this tab.', { cause })
    throw new Error('The server answers, but a file of this view could not be loaded.', { cause })
  }
}

/** What the page begins with: named for its content, so another one in each version. */
function entryOf(page: Document): string | null {
  return page.querySelector('script[type=module][src]')?.getAttribute('src') ?? null
}

/** As the server has it now. */
async function readEntry(): Promise<string | null> {
  const answer = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).catch(() => null)
  const entry = answer?.ok ? entryOf(new DOMParser().parseFromString(await answer.text(), 'text/html')) : null
  if (entry === null) throw new NoAnswer('The server cannot be reached.')
  return entry
}

/** Vite asks for the styles of a view once, and takes them for loaded ever after. */
const failedStyles = new Set<HTMLLinkElement>()

addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedStyles.add(target)
  },
  true,
)

async function loadFailedStyles(): Promise<void> {
  const loading = [...failedStyles].map((failed) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = failed.href
    failedStyles.delete(failed)
    failed.replaceWith(link)
    return new Promise((resolve, reject) => {
      link.addEventListener('load', resolve)
      link.addEventListener('error', reject)
    })
  })
  await Promise.all(loading)
}
