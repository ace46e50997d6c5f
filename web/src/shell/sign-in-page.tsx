import { Anchor, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { useSignIn } from '../api/session.ts'
import { Brand } from './brand.tsx'

export function SignInPage() {
  const [key, setKey] = useState('')
  const signIn = useSignIn()
  useEffect(() => {
    document.title = 'Sign in · Wonlost'
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
          <PasswordInput
            label="Key"
            description="Whoever runs this server gives you one."
            placeholder="wl_…"
            autoComplete="current-password"
            autoFocus
            required
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={signIn.isError ? messageOf(signIn.error) : null}
          />
          <Button type="submit" loading={signIn.isPending}>
            Sign in
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
