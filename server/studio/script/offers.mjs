// Texts that an earlier visit could not save, offered back beside what is saved.
import { hideBoth, showBoth } from './both.mjs'
import * as drafts from './drafts.mjs'
import { ago, button, make, say } from './page.mjs'
import { open, rows } from './rows.mjs'
import { typed } from './saving.mjs'

function offer(row, draft) {
  const changed = draft.base !== row.base
  const words = {
    lead: say('draft', { time: ago(draft.at) }),
    hint: say(changed ? 'draft-changed' : 'draft-hint'),
    mine: say('draft-use'),
    theirs: say('draft-drop'),
  }
  showBoth(row, draft.text, words, {
    mine() {
      hideBoth(row)
      row.set(draft.text)
      typed(row)
      row.field.focus()
    },
    theirs() {
      hideBoth(row)
      drafts.drop(row.id)
      row.field.focus()
    },
  })
}

// A text whose part the source has no more can only be shown.
function offerOrphan(id, draft) {
  const box = make('div', { class: 'alert' }, make('p', {}, say('draft', { time: ago(draft.at) }) + '. ' + say('gone')), make('blockquote', { dir: 'auto' }, draft.text))
  box.append(button(say('draft-drop'), () => (drafts.drop(id), box.remove())))
  document.getElementById('offers').append(box)
}

export function offerDrafts() {
  const offered = []
  for (const [id, draft] of drafts.all()) {
    const row = rows.get(id)
    if (!row) offerOrphan(id, draft)
    else if (draft.text === row.base) drafts.drop(id)
    else {
      offer(row, draft)
      offered.push(row)
    }
  }
  if (!offered.length) return
  const show = button(say('drafts-show'), () => open(offered[0]))
  document.getElementById('offers').append(
    make('div', { class: 'notice ask', role: 'status' }, make('p', {}, say('drafts', { count: offered.length })), show),
  )
}
