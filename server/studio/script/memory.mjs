// Suggestions from memory for the open row: Alt+1 to Alt+3 put one into the field.
import { button, language, make, say } from './page.mjs'
import { current } from './rows.mjs'
import { landed, typed } from './saving.mjs'
import { asker, forOpenRow, segmentPath, side } from './sides.mjs'

const most = 3
let suggestions = []

export function insert(text) {
  const row = current
  if (!row?.isSegment) return
  row.replace(text)
  typed(row)
}

const percent = new Intl.NumberFormat(language, { style: 'percent' })

function hit(row, suggestion, index) {
  const { lang, dir } = row.field
  const source = row.element.querySelector('.source')
  const keys = [make('kbd', {}, 'Alt'), ' ', make('kbd', {}, String(index + 1))]
  const put = button(say('insert'), () => insert(suggestion.text), 'plain')
  put.append(' ', ...keys)
  const score = suggestion.context ? say('same-text') : percent.format(suggestion.score / 100)
  return make(
    'div',
    { class: 'hit' },
    make('div', { class: 'text', lang, dir }, suggestion.text),
    make('span', { class: 'score' }, score),
    suggestion.score < 100 && make('div', { class: 'text soft small', lang: source.lang, dir: source.dir }, suggestion.source),
    make('div', { class: 'actions' }, put),
  )
}

export function startMemory(actions) {
  const panel = side('memory')
  const request = asker()
  actions.insert = (number) => suggestions[number - 1] && insert(suggestions[number - 1].text)
  forOpenRow(
    async (row) => {
      panel.loading()
      // What has just been written may be what is wanted here.
      await landed()
      if (row !== current) return
      const found = await request('GET', segmentPath(row, 'suggestions'))
      if (row !== current) return
      if (!found) return panel.hide()
      suggestions = found.items.slice(0, most)
      if (suggestions.length) panel.show(...suggestions.map((one, i) => hit(row, one, i)))
      else panel.show(make('p', { class: 'soft small' }, say('no-suggestions')))
    },
    () => (suggestions = []),
  )
}
