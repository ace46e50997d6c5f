/** `fetch` that does not wait for ever: a laptop that slept, or a network that swallows, breaks no connection by itself. */

/** After it the server is asked whether it lives, and says so within the same time. */
const SILENCE = 5_000
/** The server gives up after 30 seconds: nobody answers a question later than this. What changes something is waited for. */
const LONGEST_READ = 45_000

/** Whether the server answers at all: not where something before it says that it is away. */
export async function isAlive(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { signal: AbortSignal.timeout(SILENCE) })).ok
  } catch {
    return false
  }
}

/** `onSilence`: called when neither the question nor whether it lives is answered. */
export function createPatientFetch(onSilence: () => void): (request: Request) => Promise<Response> {
  const lookForLife = async (): Promise<void> => {
    if (!(await isAlive())) onSilence()
  }
  return async (request) => {
    const watching = setTimeout(() => void lookForLife(), SILENCE)
    const signal =
      request.method === 'GET'
        ? AbortSignal.any([request.signal, AbortSignal.timeout(LONGEST_READ)])
        : request.signal
    try {
      return await fetch(request, { signal })
    } finally {
      clearTimeout(watching)
    }
  }
}
