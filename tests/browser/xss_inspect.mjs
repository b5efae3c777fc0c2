// What a browser made of a page: looked at as a tree, then prodded with every event.

// Whatever the templates and the renderer of Markdown write, and nothing else.
const siteElements = `a article bdi blockquote body br code dd del div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6
  head header hr html img input label li link main meta nav ol p pre section span strong table tbody td th thead title tr
  ul`
const studioElements = `${siteElements} aside b button details dialog fieldset form ins kbd legend option path rect select small
  summary svg template textarea time`
const contentAttributes = 'alt aria-label checked class dir disabled href id lang loading scope src start title type'

const list = (words) => words.split(/\s+/)

// Counts what runs and what is asked for; before the first page is loaded.
export async function watch(page) {
  const seen = []
  page.on('dialog', (d) => (seen.push(`dialog: ${d.message()}`), d.dismiss()))
  page.on('console', (m) => /Content Security Policy/.test(m.text()) && !/favicon/.test(m.text()) && seen.push(m.text()))
  page.on('request', (r) => {
    const ours = new URL(r.url()).pathname.startsWith('/studio/script/')
    if (!ours && !['document', 'stylesheet', 'image', 'other'].includes(r.resourceType())) seen.push(`${r.resourceType()}: ${r.url()}`)
    if (r.isNavigationRequest() && r.frame() !== page.mainFrame()) seen.push(`frame: ${r.url()}`)
  })
  // The studio's own scripts would do what events ask of them (save, publish); what a page is without them is looked at.
  await page.route('**/studio/script/**', (route) => route.abort())
  // Pictures may come from anywhere; the tests do not fetch them.
  await page.route((url) => !['127.0.0.1', 'localhost'].includes(url.hostname), (route) => route.abort())
  return seen
}

// In the page. Returns the faults, and the number of elements that were looked at.
function look({ elements, attributes, studio }) {
  const faults = []
  const schemes = ['http:', 'https:', 'mailto:', 'tel:']
  const inside = [...document.querySelectorAll('template')].flatMap((t) => [...t.content.querySelectorAll('*')])
  const all = [...document.querySelectorAll('*'), ...inside]
  const fault = (element, what) => faults.push(`${what}: ${element.outerHTML.slice(0, 200)}`)
  // A module of the studio, or data for it: neither runs what it holds.
  const ours = (e) => e.matches('script[type=module][src^="/studio/script/"]:empty, script[type="application/json"][id]')
  for (const element of all) {
    if (!elements.includes(element.localName) && !(studio && ours(element))) fault(element, 'element')
    const content = element.closest('.body') && element.localName !== 'textarea'
    for (const { name, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$|:/i.test(name)) fault(element, `attribute ${name}`)
      if (content && !element.matches('.body') && !attributes.includes(name)) fault(element, `attribute ${name}`)
      // As the browser reads it, white space, control characters and all.
      if (['href', 'src', 'action', 'poster', 'data', 'ping', 'background'].includes(name) && element.localName !== 'link')
        try {
          if (!schemes.includes(new URL(value, document.baseURI).protocol)) fault(element, `scheme in ${name}`)
        } catch {
          // No address at all leads nowhere.
        }
    }
  }
  return { faults, count: all.length }
}

// In the page: everything that a person, or time, could do to each element.
function prod() {
  const stay = (event) => event.preventDefault()
  for (const type of ['click', 'submit', 'reset']) addEventListener(type, stay, true)
  const types = `click dblclick mousedown mouseup mouseover mouseenter mousemove pointerenter pointerdown focus focusin blur
    toggle beforetoggle animationstart animationend transitionend load loadstart error begin end repeat canplay play input
    invalid change submit reset keydown wheel scroll drag drop cut copy paste contextmenu message resize pageshow
    hashchange slotchange finish start bounce`.split(/\s+/)
  for (const element of document.querySelectorAll('*'))
    for (const type of types) element.dispatchEvent(new Event(type, { bubbles: false, cancelable: true }))
  for (const element of document.querySelectorAll('details, dialog')) element.open = true
  for (const element of document.querySelectorAll('a, button, input, textarea')) element.focus(), element.blur()
  for (const type of ['load', 'resize', 'hashchange', 'message', 'pageshow', 'focus', 'scroll'])
    dispatchEvent(new Event(type))
}

// Throws where anything ran, was asked for, or stands in the tree that nobody wrote there.
export async function inspect(page, seen, { studio = false, prodding = true } = {}) {
  const { faults, count } = await page.evaluate(look, {
    elements: list(studio ? studioElements : siteElements),
    attributes: list(contentAttributes),
    studio,
  })
  if (prodding) await page.evaluate(prod)
  const marker = await page.evaluate(() => globalThis.__xss)
  if (marker !== undefined) faults.push(`a script ran: __xss is ${marker}`)
  faults.push(...seen.splice(0))
  if (faults.length) throw new Error(`${page.url()}: ${faults.length} faults\n  ${faults.slice(0, 10).join('\n  ')}`)
  return count
}
