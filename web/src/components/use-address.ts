import { useSearchParams } from 'wouter'

/** A choice of the reader that stands in the address: it can be sent, and the back button takes it back. */
export function useAddress(name: string): [string | null, (value: string | null) => void] {
  const [parameters, setParameters] = useSearchParams()
  return [
    parameters.get(name),
    (value) =>
      setParameters((before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      }),
  ]
}
