// A day of work in a browser that runs no script: everything can be done, by links, forms and buttons.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { article, person, row } from './people.mjs'
import { signIn } from './studio.mjs'

export const testTime = 120_000

const off = { javaScriptEnabled: false }
const plan = 'Planen behandles'
const pillars = 'Arbeidet hviler på'
const unanimous = 'Vedtaket var'

const press = (page, name, within = page) => follow(page, within.getByRole('button', { name }).first())
const notice = (page) => page.locator('.notice').first().innerText()
const focused = (page) => page.evaluate(() => document.activeElement.id)
const openDetails = (page, name) => page.locator('main summary:visible', { hasText: name }).click()

async function look(page, text) {
  await press(page, /^(Suggestions, terms and checks|Check again)/, row(page, text))
  assert.equal(await focused(page), await row(page, text).locator('textarea').getAttribute('id'))
}

export const tests = {
  'a source changes, its text is assigned, and a comment waits for its translator': async (t) => {
    const editor = await signIn(t, off)
    await editor.goto(`${t.url}${article}/nb`)
    const body = editor.locator('[name=body]')
    await body.fill((await body.inputValue()).replace(`${unanimous} enstemmig`, `${unanimous} helt enstemmig`))
    await press(editor, 'Review changes')
    await press(editor, 'Save the source')
    await person(t, 'anna', 'translator', ['en'])
    await editor.goto(t.url + '/studio/board')
    await editor.locator('tr', { hasText: 'Lillehammer' }).locator('input[name=article]').check()
    await editor.locator('.act select[name=locale]').selectOption('en')
    await editor.locator('.act [name=account]').selectOption('anna')
    await press(editor, 'Assign')
    assert.match(await notice(editor), /1 text is assigned to anna/)

    await editor.goto(`${t.url}${article}/en`)
    await follow(editor, editor.locator('.edit-head').getByRole('link', { name: 'Comments' }))
    await editor.locator('#new select').selectOption({ label: (await editor.locator('#new option', { hasText: 'Paragraph' }).first().innerText()) })
    await editor.locator('#new textarea').fill('Please keep the council’s own words.')
    await press(editor, 'Post the comment')
    assert.match(await editor.locator('main').innerText(), /the council’s own words/)
  },

  'a translator finds help for a row, and what is typed goes along': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'], off)
    await page.goto(t.url + '/studio')
    await follow(page, page.locator('#assigned').locator('..').getByRole('link', { name: /Lillehammer/ }))
    assert.match(await page.locator('#source-changed').innerText(), /changed .* by/)
    const title = page.locator('.seg.title textarea')
    await title.fill('Lillehammer shares the responsibility')
    await look(page, plan)
    assert.equal(await title.inputValue(), 'Lillehammer shares the responsibility')
    await press(page, 'Copy the source', row(page, plan))
    assert.match(await notice(page), /not saved yet/)
    assert.match(await row(page, plan).locator('textarea').inputValue(), /Planen behandles/)

    await row(page, plan).locator('textarea').fill('The plan will be on the table again in the spring of 2028. The people of the town are invited to a meeting at the library before Christmas')
    await look(page, plan)
    const help = row(page, plan).locator('.help')
    assert.match(await help.innerText(), /2028/)
    await press(page, /^Use /, help)
    assert.match(await row(page, plan).locator('textarea').inputValue(), /spring of 2027/)
    // A finding is dismissed with a reason, and the dismissal undone.
    await press(page, 'Dismiss', help)
    assert.match(await page.locator('.alert').first().innerText(), /Why is this right\?/)
    await page.locator('#reason').fill('The source ends so, too')
    await press(page, 'Dismiss', help)
    assert.match(await notice(page), /Noted/)
    assert.equal(await focused(page), await row(page, plan).locator('textarea').getAttribute('id'))
    await openDetails(page, 'was dismissed')
    assert.match(await page.locator('#dismissed').innerText(), /The source ends so, too/)
    await press(page, 'Undo the dismissal')
    assert.equal(await page.locator('#dismissed details').count(), 0)
    assert.match(await help.innerText(), /Dismiss/)
    assert.equal(await title.inputValue(), 'Lillehammer shares the responsibility')

    // The comment on a paragraph is answered and done with.
    await follow(page, page.locator('.edit-head').getByRole('link', { name: 'Comments' }))
    const thread = page.locator('section', { hasText: 'own words' })
    await press(page, 'Reply', thread)
    assert.equal(await thread.locator('[aria-invalid]').count(), 1)
    await thread.locator('textarea').fill('They are in.')
    await press(page, 'Reply', thread)
    await press(page, 'Resolve', page.locator('section', { hasText: 'They are in.' }))
    assert.match(await page.locator('section', { hasText: 'own words' }).locator('h2').innerText(), /Resolved/)
  },

  'a meaning is kept and not kept, gaps are filled, and a half-done text goes to review': async (t) => {
    const page = await person(t, 'eva', 'editor', [], off)
    await page.goto(`${t.url}${article}/en`)
    const changed = row(page, unanimous)
    await changed.locator('input[name^="keep."]').check()
    await press(page, 'Save', page.locator('.edit-head'))
    assert.equal(await page.locator('#source-changed').count(), 0)
    await press(page, 'It did change after all', changed)
    assert.equal(await page.locator('.seg.outdated', { hasText: unanimous }).count(), 1)

    await openDetails(page, 'Fill what is missing')
    await press(page, 'From memory')
    assert.match(await notice(page), /filled in/)
    await row(page, pillars).locator('textarea').fill('')
    await press(page, 'Send to review')
    const left = page.locator('.notice', { hasText: 'Not all of it is done' })
    assert.match(await left.innerText(), /Missing: \d · Outdated: 1/)
  },

  'a reviewer asks for changes, approves, publishes and sets a time; an older text is restored': async (t) => {
    const page = await person(t, 'rita', 'reviewer', ['en'], off)
    await page.goto(`${t.url}/studio/reviews/en`)
    assert.match(await page.locator('tr', { hasText: 'Lillehammer' }).innerText(), /Missing: \d · Outdated: 1/)
    await follow(page, page.locator('tr', { hasText: 'Lillehammer' }).getByRole('link'))
    await openDetails(page, /^Review$/)
    await page.locator('#note').fill('The pillars are missing.')
    await press(page, 'Ask for changes')
    assert.match(await page.locator('.note').innerText(), /The pillars are missing/)
    await row(page, pillars).locator('textarea').fill('The work rests on four pillars:')
    await press(page, 'Save', page.locator('.edit-head'))
    await press(page, 'Send to review')
    await press(page, 'Approve', page.locator('.edit-head'))
    await openDetails(page, 'Publish or take down')
    await page.locator('#publish_at').fill('2099-01-15T10:00')
    await page.locator('#publish_incomplete').check()
    await press(page, 'Set the times')
    await press(page, 'Save and publish')
    for (const name of ['Publish although parts are missing', 'Publish anyway']) {
      const ask = page.getByRole('button', { name })
      if (await ask.count()) await follow(page, ask)
    }
    assert.match(await notice(page), /^Published/)

    await follow(page, page.getByRole('link', { name: 'History' }))
    await page.locator('input[name=from]').last().check()
    await press(page, 'Compare')
    await press(page, /^Restore version/)
    assert.match(await notice(page), /is the working text again/)
  },

  'what stands in for the scripts has no fault': async (t) => {
    for (const interface_ of ['en', 'ar']) {
      const page = await signIn(t, { locale: interface_ })
      // axe needs a browser that runs scripts; the studio's own are kept from it.
      await page.route(/\.mjs$/, (route) => route.abort())
      for (const address of ['?open=title', '?open=b3', '/comments', '?done=review-sent', '?done=filled&count=2&more=memory']) {
        await page.goto(`${t.url}${article}/en${address}`)
        await t.audit(page)
      }
      await page.goto(`${t.url}${article}/nb/comments`)
      await t.audit(page)
    }
  },
}
