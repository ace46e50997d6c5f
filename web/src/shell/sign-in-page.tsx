import {
  Alert,
  Anchor,
  Button,
  Center,
  Code,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { type Session, useSignIn } from '../api/session.ts'
import { failureOf, providerAddress } from '../api/sign-in.ts'
import { Notice } from '../components/notice.tsx'
import { Brand } from './brand.tsx'

export function SignInPage({ ways }: { readonly ways: Session['sign_in'] }) {
  const hasProvider = ways.includes('oidc')
  const [failure] = useState(() => failureOf(location.hash))
  const [key, setKey] = useState('')
  const signIn = useSignIn()
  useEffect(() => {
    document.title = 'Sign in · Wonlost'
    // Said once: whoever loads the page again begins again.
    if (failureOf(location.hash) !== null) history.replaceState(null, '', location.pathname + location.search)
  }, [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    signIn.mutate(key.trim())
  }
  return (
    <Center component="main" mih="100%" p="md">
      <Paper component="form" withBorder p="xl" w="100%" maw={420} onSubmit={submit}>
        <Stack>
          <span className="brand">
            <Brand />
          </span>
          <Title order={1} size="h3">
            Sign in
          </Title>
          {!isSecureContext && (
            <Notice kind="bad" title="This address is not secure">
              Signing in takes HTTPS: browsers do not keep the cookie of a session that comes over plain HTTP,
              except from this machine itself. Whoever runs this server puts TLS before it.
            </Notice>
          )}
          {failure !== null && (
            <Alert color="red" variant="outline" role="alert">
              {failure}
            </Alert>
          )}
          {hasProvider && (
            <>
              <Button component="a" href={providerAddress(location)}>
                Sign in with your organisation
              </Button>
              <Divider label="or with a key" />
            </>
          )}
          <PasswordInput
            label="Key"
            description="Whoever runs this server gives you one."
            placeholder="wl_…"
            autoComplete="current-password"
            autoFocus={!hasProvider}
            required
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={signIn.isError ? messageOf(signIn.error) : null}
          />
          <Button type="submit" variant={hasProvider ? 'default' : 'filled'} loading={signIn.isPending}>
            {hasProvider ? 'Sign in with a key' : 'Sign in'}
          </Button>
          <Text size="sm" c="dimmed">
            For those who run it: <Code>wonlost keys create --scope read,feedback --name ann</Code>. The{' '}
            <Anchor href="/docs" underline="always">
              API
            </Anchor>{' '}
            has a page of its own.
          </Text>
        </Stack>
      </Paper>
    </Center>
  )
}

function messageOf(error: Error): string {
  return error instanceof ApiProblem ? error.problem.detail : error.message
}
