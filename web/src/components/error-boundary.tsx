import { Component, type ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly failure: { readonly error: unknown } | null
}

/** A view that fails shows so, and leaves the rest of the page alone. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null }

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } }
  }

  override render() {
    const { failure } = this.state
    if (failure === null) return this.props.children
    return <ErrorState error={failure.error} retry={() => this.setState({ failure: null })} />
  }
}
