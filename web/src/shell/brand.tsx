import icon from './icon.svg'

export function Brand() {
  return (
    <>
      <img src={icon} alt="" />
      Wonlost
    </>
  )
}
