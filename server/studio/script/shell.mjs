// On every page of the studio: keys. Nothing here is needed to work; each key has a link or a button, and those of a
// single character can be turned off in this browser (WCAG 2.2, 2.1.4): who speaks to a computer types them by accident.
const dialog = document.getElementById('keys')
const button = document.getElementById('show-keys')
const patience = 1500 // milliseconds between "g" and the letter of a page
let wentAt = -Infinity

const single = document.getElementById('single-keys')
if (single) {
  single.checked = localStorage.getItem('stele:keys') !== 'off'
  single.addEventListener('change', () => localStorage.setItem('stele:keys', single.checked ? 'on' : 'off'))
}

// What a key types; where that is no Latin sign, what its place types on most keyboards.
function keyOf({ key, code, shiftKey }) {
  if (key <= '~') return key
  if (code === 'Slash') return shiftKey ? '?' : '/'
  return code.startsWith('Key') ? code.slice(3).toLowerCase() : key
}

const isTyping = (target) => target.closest?.('input, textarea, select, [contenteditable]') !== null

function showKeys() {
  if (!dialog.open) dialog.showModal()
}

if (button) {
  button.hidden = false
  button.addEventListener('click', showKeys)
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (dialog?.open || !single?.checked) return
  const key = keyOf(event)
  const waits = event.timeStamp - wentAt < patience
  wentAt = -Infinity
  if (waits) {
    document.querySelector(`.pages a[data-key="${CSS.escape(key)}"]`)?.click()
  } else if (key === '?') {
    showKeys()
  } else if (key === '/') {
    document.querySelector('.find input')?.focus()
  } else if (key === 'g') {
    wentAt = event.timeStamp
    return
  } else {
    return
  }
  event.preventDefault()
})

// A menu closes when one goes elsewhere.
for (const menu of document.querySelectorAll('details.menu')) {
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false
  })
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false
  })
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}

if (document.querySelector('datalist[data-people]')) import('./people.mjs')
if (document.querySelector('input[data-all]')) import('./choose.mjs')

// While something is being prepared on the server, the page looks again, unless somebody is writing in it.
const again = document.querySelector('[data-again]')
const isTouched = (field) => field === document.activeElement || (field.type === 'checkbox' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)
function lookAgain() {
  const fields = [...document.querySelectorAll('main input:not([type=hidden]), main textarea')]
  if (fields.some(isTouched)) setTimeout(lookAgain, Number(again.dataset.again))
  else location.reload()
}
if (again) setTimeout(lookAgain, Number(again.dataset.again))

// A list keeps its place: a link back to it leads to what was shown of it, where one was.
const placeOf = (path) => JSON.parse(sessionStorage.getItem(`place:${path}`) ?? 'null')
if (document.querySelector('[data-list]')) {
  const was = placeOf(location.pathname)
  if (was && was.search === location.search && document.referrer && new URL(document.referrer).pathname !== location.pathname)
    scrollTo({ top: was.top, behavior: 'instant' })
  addEventListener('pagehide', () =>
    sessionStorage.setItem(`place:${location.pathname}`, JSON.stringify({ search: location.search, top: scrollY })),
  )
}
for (const link of document.querySelectorAll('a[data-place]')) {
  const was = placeOf(link.pathname)
  if (was && !link.search && link.pathname !== location.pathname) link.search = was.search
}
