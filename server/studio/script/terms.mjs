// Terms of the open row: underlined in the source, and what they are in the other language.
import { button, config, make, say } from './page.mjs'
import { current } from './rows.mjs'
import { asker, forOpenRow, segmentPath, side } from './sides.mjs'

// Marks places of a text, in UTF-16 code units, whatever elements (of a difference) it is spread over.
function mark(place, ranges) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest('del') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  const nodes = []
  for (let at = 0; walker.nextNode(); at += walker.currentNode.data.length) nodes.push({ node: walker.currentNode, at })
  for (const [from, to] of [...ranges].sort((a, b) => b[0] - a[0]))
    for (const { node, at } of nodes) {
      const begin = Math.max(from, at)
      const end = Math.min(to, at + node.data.length)
      if (begin >= end) continue
      const range = document.createRange()
      range.setStart(node, begin - at)
      range.setEnd(node, end - at)
      range.surroundContents(make('mark', { class: 'term' }))
    }
}

function unmark(place) {
  for (const one of place.querySelectorAll('mark.term')) one.replaceWith(...one.childNodes)
  place.normalize()
}

const wordsOf = (translation) => (translation?.keep ? say('term-keep') : translation?.texts?.join(' · ') || say('term-none'))

export function startTerms() {
  const panel = side('terms')
  const request = asker()
  let marked
  forOpenRow(
    async (row) => {
      const found = await request('GET', segmentPath(row, 'terms'))
      if (row !== current) return
      if (!found?.items.length) return panel.hide()
      marked = row.element.querySelector('.source')
      mark(marked, found.items.map(({ range }) => [range.from, range.to]))
      const source = { lang: marked.lang, dir: marked.dir }
      const target = { lang: row.field.lang, dir: row.field.dir }
      const list = make('dl')
      const shown = new Set()
      for (const { term, translation } of found.items) {
        if (shown.has(term.n)) continue
        shown.add(term.n)
        const note = translation?.note || term.note
        list.append(make('dt', source, term.text), make('dd', translation?.texts?.length ? target : {}, wordsOf(translation)))
        if (note) list.append(make('dd', { class: 'soft small note', dir: 'auto' }, note))
      }
      panel.show(list)
    },
    () => {
      if (marked) unmark(marked)
      marked = undefined
      panel.hide()
    },
  )
}
