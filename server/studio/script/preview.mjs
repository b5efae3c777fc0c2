// The real page from the working text, beside or below the rows; it is made again after saves, in a second frame, so
// that nothing flickers and its place stays.
import { $, after, config, make, say } from './page.mjs'
import { onSaved, onState, unsaved } from './saving.mjs'

export function startPreview() {
  const toggle = document.getElementById('preview-toggle')
  const section = document.getElementById('preview')
  const place = $('.frames', section)
  const behind = document.getElementById('preview-behind')
  let shown

  // An outdated text that is half mended is not saved, and so not in the page.
  function tell() {
    const count = section.hidden ? 0 : unsaved().length
    const text = count ? say('preview-behind', { count }) : ''
    if (behind.textContent !== text) behind.textContent = text
  }

  function load() {
    if (section.hidden) return
    $('.coming', place)?.remove()
    // No script, no forms: what is in the page is looked at.
    const frame = make('iframe', { class: shown ? 'coming' : '', sandbox: 'allow-same-origin', src: config.page + '/preview', title: $('h2', section).textContent })
    frame.addEventListener('load', () => {
      // Without a connection it is a page of the browser's own, which nobody may look into.
      const before = shown?.contentDocument && shown.contentWindow
      if (before && frame.contentDocument) frame.contentWindow.scrollTo(0, before.scrollY)
      frame.classList.remove('coming')
      shown?.remove()
      shown = frame
    })
    place.append(frame)
  }

  toggle.addEventListener('click', () => {
    section.hidden = !section.hidden
    toggle.setAttribute('aria-expanded', String(!section.hidden))
    document.documentElement.classList.toggle('with-preview', !section.hidden)
    if (section.hidden) {
      place.replaceChildren()
      shown = undefined
    } else {
      load()
      section.scrollIntoView({ block: 'nearest' })
    }
    tell()
  })
  onSaved(after(500, load))
  onState(tell)
}
