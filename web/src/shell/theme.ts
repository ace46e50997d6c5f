import { type CSSVariablesResolver, createTheme, Modal } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 8,
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        // It is a header element, which would count as another one of the page.
        attributes: { header: { role: 'presentation' } },
      },
    }),
  },
})

/** Quiet text that can still be read: 4.5 to 1 against every background that we put it on (WCAG 2.2, 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545d66',
    '--mantine-color-placeholder': '#626c76',
    // Behind words of a button that is pointed at.
    '--mantine-color-indigo-light-hover': '#dbe4ff',
    '--wonlost-line': '#dfe3e8',
    '--wonlost-stripe': '#f5f7f9',
    '--wonlost-current': '#e7ecff',
    '--wonlost-focus': '#3b5bdb',
    '--wonlost-good': '#1d6b37',
    '--wonlost-for': '#4d9a67',
    '--wonlost-against': '#d9645f',
    '--wonlost-bad': '#a32323',
  },
  dark: {
    '--mantine-color-dimmed': '#b3b9c0',
    '--mantine-color-placeholder': '#a5abb3',
    '--wonlost-line': '#3a3f45',
    '--wonlost-stripe': '#2a2d31',
    '--wonlost-current': '#2c3457',
    '--wonlost-focus': '#91a7ff',
    '--wonlost-good': '#7fd39a',
    '--wonlost-for': '#3f8f5c',
    '--wonlost-against': '#c2544f',
    '--wonlost-bad': '#ff9d9d',
  },
})
