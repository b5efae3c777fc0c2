// The keys of the editor. Alt keys go by their place on the keyboard: with Alt some keyboards type other letters.
// "?" and its list are the frame's (shell.mjs); the editor adds its own keys to it.
const inField = (element) => element?.matches?.('input, textarea, select, [contenteditable]')

function actionOf(event) {
  const { altKey, ctrlKey, metaKey, shiftKey, code, key } = event
  if ((ctrlKey || metaKey) && key === 'Enter') return ['done']
  if (altKey && !ctrlKey && !metaKey && !shiftKey) {
    if (key === 'ArrowDown') return ['next']
    if (key === 'ArrowUp') return ['previous']
    if (code === 'KeyC') return ['copy']
    if (code === 'KeyK') return ['keep']
    if (/^Digit[1-3]$/.test(code)) return ['insert', Number(code.slice(5))]
  }
  if (key === 'F6') return ['sides']
  if (key === 'Escape' && inField(event.target)) return ['close']
}

export function startKeys(actions) {
  const list = document.querySelector('#keys dl')
  list?.prepend(document.getElementById('more-keys').content.cloneNode(true))
  document.getElementById('keys-here').addEventListener('click', () => document.getElementById('keys')?.showModal())
  addEventListener('keydown', (event) => {
    if (event.isComposing || document.querySelector('dialog[open]')) return
    const [action, argument] = actionOf(event) ?? []
    if (!action || !actions[action]) return
    event.preventDefault()
    actions[action](argument)
  })
}
