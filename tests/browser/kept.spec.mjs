// What is typed is kept, and takes nobody else's text away: drafts of translations, of sources and of comments.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { api, ask, change, drafts, field, replaceInSource, segmentOf, typeAndLeave } from './editing.mjs'
import { openEditor, person, row, saved, unsaved } from './people.mjs'
import { signIn } from './studio.mjs'

const harbour = 'Vedtaket var enstemmig'
const pillars = 'Arbeidet hviler på'
const plan = 'Planen behandles'

export const tests = {
  'a source’s draft is brought together with what somebody else saved meanwhile': async (t) => {
    const anna = await signIn(t)
    await openEditor(t, anna, 'nb')
    const body = anna.locator('[name=body]')
    const first = await body.inputValue()
    await body.fill(first.replace('har fått mye oppmerksomhet', 'er godt kjent'))
    await anna.waitForFunction(() => /outdated/.test(document.getElementById('consequences').textContent))
    await anna.goto('about:blank')

    const berit = await person(t, 'berit', 'editor')
    await openEditor(t, berit, 'nb')
    assert.equal((await replaceInSource(berit, 'på nytt våren 2027', 'på nytt høsten 2027')).status, 200)

    await openEditor(t, anna, 'nb')
    assert.match(await anna.locator('.both').innerText(), /has changed since/)
    await anna.getByRole('button', { name: 'Use my text' }).click()
    assert.match(await anna.locator('#consequences').innerText(), /brought together/)
    await follow(anna, anna.getByRole('button', { name: 'Save the source' }))
    const now = await body.inputValue()
    assert.ok(now.includes('er godt kjent') && now.includes('høsten 2027'), now)
    assert.deepEqual(await drafts(anna), [])
  },

  'a refused save of a source keeps its draft and its consequences': async (t) => {
    const anna = await signIn(t)
    await openEditor(t, anna, 'nb')
    const berit = await person(t, 'berit', 'editor')
    await openEditor(t, berit, 'nb')
    await replaceInSource(berit, 'Fagfolk låner hverandre bort', 'Fagfolk hjelper hverandre')
    const body = anna.locator('[name=body]')
    await body.fill((await body.inputValue()).replace('Fagfolk låner hverandre bort', 'Fagfolk reiser til hverandre'))
    await follow(anna, anna.getByRole('button', { name: 'Save the source' }))
    assert.match(await anna.locator('.theirs').innerText(), /hjelper hverandre/)
    await anna.locator('#consequences ins').first().waitFor()
    assert.equal((await drafts(anna)).length, 1)
    // The draft is offered to whoever leaves this page, too.
    await openEditor(t, anna, 'nb')
    assert.match(await anna.locator('.both').innerText(), /reiser til hverandre/)
    await anna.getByRole('button', { name: 'Discard it' }).click()
    assert.deepEqual(await drafts(anna), [])
  },

  'a text with line ends of another system is not taken for a change': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const summary = 'Lillehammer has joined.\r\nIt will be fun.'
    assert.equal((await change(page, api('en'), { summary })).status, 200)
    await change(page, api('nb'), { summary: 'Lillehammer er blitt med i nettverket.' })
    await openEditor(t, page, 'en')
    await change(page, api('en'), { segments: [{ id: await row(page, 'Ingen by klarer').getAttribute('data-id'), text: 'Alone, nobody can' }] })
    const sent = []
    page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.postDataJSON()))
    await field(page, pillars).fill('The work stands on these pillars:')
    await page.locator('.seg.title textarea').focus()
    await saved(page)
    await page.waitForFunction(() => [...document.querySelectorAll('#editor textarea')].some((one) => one.value === 'Alone, nobody can'))
    const segment = await segmentOf(page, 'er blitt med')
    assert.equal(segment.state, 'outdated')
    assert.equal(segment.target.text, summary)
    assert.ok(sent.every(({ segments }) => segments.every(({ id }) => id !== 'summary')))
  },

  'a text that is offered back stays until it is used or discarded': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    await typeAndLeave(page, field(page, harbour), 'The long sentence that was not saved.')
    await openEditor(t, page, 'en')
    await field(page, harbour).press('End')
    await page.keyboard.type('!')
    await page.locator('.seg.title textarea').focus()
    await saved(page)
    await openEditor(t, page, 'en')
    const offer = row(page, harbour).locator('.both')
    assert.match(await offer.innerText(), /The long sentence that was not saved\./)
    await offer.getByRole('button', { name: 'Use my text' }).click()
    await page.locator('.seg.title textarea').focus()
    await saved(page)
    assert.equal((await segmentOf(page, harbour)).target.text, 'The long sentence that was not saved.')
    assert.deepEqual(await drafts(page), [])
  },

  'an outdated text is current when its translator is done with it, and not before': async (t) => {
    const editor = await signIn(t)
    await openEditor(t, editor, 'nb')
    await replaceInSource(editor, harbour, 'Vedtaket var helt enstemmig')
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    const changed = row(page, 'helt enstemmig')
    const before = (await segmentOf(page, 'helt enstemmig')).target.text
    // Half of it, and away.
    await changed.locator('textarea').fill('The vote was wholly')
    await page.waitForFunction(() => document.querySelector('.seg.open .saved').textContent.startsWith('Kept in this browser'))
    await page.goto('about:blank')
    await openEditor(t, page, 'en')
    let segment = await segmentOf(page, 'helt enstemmig')
    assert.deepEqual([segment.state, segment.target.text], ['outdated', before])
    await changed.getByRole('button', { name: 'Use my text' }).click()
    await page.keyboard.press('End')
    await page.keyboard.type(' unanimous.')
    await page.keyboard.press('Control+Enter')
    await saved(page)
    segment = await segmentOf(page, 'helt enstemmig')
    assert.deepEqual([segment.state, segment.target.text], ['current', 'The vote was wholly unanimous.'])
    // There is a way back, and one forth again.
    await changed.getByRole('button', { name: 'Undo: the old translation' }).click()
    await changed.getByRole('button', { name: 'Back to my text' }).waitFor()
    segment = await segmentOf(page, 'helt enstemmig')
    assert.deepEqual([segment.state, segment.target.text, segment.basis.text.includes('helt')], ['outdated', before, false])
    // Clear of the bars at both ends, whatever the checks say below the field meanwhile.
    await changed.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await t.audit(page)
    await changed.getByRole('button', { name: 'Back to my text' }).click()
    // Going on to another segment is being done, too.
    await page.locator('.seg.title textarea').focus()
    await saved(page)
    segment = await segmentOf(page, 'helt enstemmig')
    assert.deepEqual([segment.state, segment.target.text], ['current', 'The vote was wholly unanimous.'])
  },

  'a part that the source has no more holds up nothing': async (t) => {
    const editor = await signIn(t)
    await openEditor(t, editor, 'nb')
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    await replaceInSource(editor, '- Hver by sier hvor mange den kan ta imot, og holder det den har lovet.', '')
    await field(page, 'Hver by sier hvor mange').fill('Written for nothing')
    await row(page, 'Hver by sier hvor mange').locator('.remark.gone').waitFor()
    await saved(page)
    await follow(page, page.getByRole('button', { name: 'Send to review' }).first())
    assert.match(page.url(), /done=review-sent/)
    assert.match(await page.locator('#offers').innerText(), /Written for nothing/)
  },

  'a comment that is being written survives other rows, other threads and the end of the session': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    const comments = page.locator('#panel-comments')
    const writing = () => comments.getByLabel('Comment on this segment', { exact: true })
    await field(page, plan).focus()
    await writing().fill('Is this the word the council uses?')
    await field(page, pillars).focus()
    await page.waitForFunction(() => document.querySelector('#panel-comments textarea')?.value === '')
    await writing().fill('Something about pillars')
    await comments.getByRole('button', { name: 'Post the comment' }).click()
    await comments.getByText('Something about pillars').waitFor()
    await field(page, plan).focus()
    await page.waitForFunction(() => document.querySelector('#panel-comments textarea')?.value === 'Is this the word the council uses?')

    await page.context().clearCookies()
    await comments.getByRole('button', { name: 'Post the comment' }).click()
    const link = /https?:\S+/.exec(await t.cli('user', 'link', 'anna'))[0]
    const [tab] = await Promise.all([page.context().waitForEvent('page'), comments.getByRole('link', { name: 'Sign in again' }).click()])
    await tab.waitForLoadState()
    await tab.goto(t.url + new URL(link).pathname)
    await follow(tab, tab.getByRole('button', { name: 'Sign in' }))
    await tab.close()
    await comments.getByRole('button', { name: 'Post the comment' }).click()
    await comments.locator('.comment', { hasText: 'the word the council uses' }).waitFor()
    assert.equal(await writing().inputValue(), '')
    assert.deepEqual(await drafts(page), [])
  },

  'the newest of many comments is there': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'de')
    await page.evaluate(async () => {
      const { api, csrf } = JSON.parse(document.getElementById('config').textContent)
      const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
      for (let n = 1; n <= 201; ++n) await fetch(api + '/comments', { method: 'POST', headers, body: JSON.stringify({ text: `Number ${n}.` }) })
    })
    await page.reload()
    await page.locator('#panel-comments').getByText('Number 201.').waitFor()
  },
}
