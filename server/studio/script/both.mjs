// Two texts of one segment, side by side, and the choice which stands: the field's may be put together by hand first.
// Used where somebody else changed the same text, and for a text that an earlier visit could not save.
import { $, button, copyOf } from './page.mjs'
import { current } from './rows.mjs'

// words: {lead, by, hint, mine, theirs}; `on` has mine() and theirs().
export function showBoth(row, other, words, on) {
  hideBoth(row)
  const box = copyOf('both')
  $('.lead', box).textContent = words.lead
  $('.by', box).textContent = words.by ?? ''
  $('blockquote', box).textContent = other
  $('.hint', box).textContent = words.hint
  box.setAttribute('aria-label', words.lead)
  for (const choice of ['mine', 'theirs']) {
    const element = $(`[data-do=${choice}]`, box)
    element.textContent = words[choice]
    element.addEventListener('click', () => on[choice]())
  }
  row.element.classList.add('wrong')
  row.to.append(box)
  if (row === current) box.scrollIntoView({ block: 'nearest' })
}

export function hideBoth(row) {
  $('.both', row.element)?.remove()
  $('.undo', row.element)?.remove()
  row.element.classList.toggle('wrong', Boolean(row.mistake))
}

// After a choice: what was given up can be had back.
export function offerBack(row, words, back) {
  $('.undo', row.element)?.remove()
  const undo = button(words, () => {
    undo.remove()
    back()
  }, 'plain undo')
  row.to.append(undo)
  undo.focus()
}
