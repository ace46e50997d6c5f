/// <reference types="vite/client" />

declare var __webpack_nonce__: string | undefined
