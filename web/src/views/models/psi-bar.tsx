import classes from './psi-bar.module.css'

/** As training/monitor has it: farther above chance than this, a limit is crossed where q says that it is none. */
const LIMIT = 0.1
const MOST = 0.3
const WIDTH = 140

/** How far a population has moved, above what chance brings. The cells beside it say the same in figures. */
export function PsiBar({ above }: { readonly above: number }) {
  const x = (value: number): number => (Math.min(value, MOST) / MOST) * WIDTH
  return (
    <svg className={classes['bar']} width={WIDTH} height="14" viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
      <rect className={classes['track']} width={WIDTH} y="4" height="6" rx="3" />
      <rect className={classes['fill']} data-over={above >= LIMIT} width={x(above)} y="4" height="6" rx="3" />
      <line className={classes['limit']} x1={x(LIMIT)} x2={x(LIMIT)} y1="0" y2="14" />
    </svg>
  )
}
