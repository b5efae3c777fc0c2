// The pages of the studio and of the site, by the demo content: for the specs that look at all of them.
export const article = '/studio/articles/lillehammer-solidarity-city'
// After prepare().
export const studioPages = [
  '/studio', '/studio/board', '/studio/board?q=sol&state=untranslated&in=ar', '/studio/board?q=nothing', '/studio/worklist/en',
  '/studio/worklist/ar?state=all', '/studio/worklist/nb?state=ready', '/studio/reviews/en', '/studio/articles', '/studio/articles?q=nothing', '/studio/new',
  article, `${article}/en`, `${article}/ar`, `${article}/nb`, `${article}/en/history`, `${article}/en/comments`, `${article}/en?open=title`, `${article}/ar/history`,
  '/studio/articles/open-doors-statement/en', '/studio/settings/locales?accept=nn,de;q=0.5', '/studio/articles/none',
  '/studio/account', '/studio/notifications', '/studio/settings/users', '/studio/settings/users/selma', '/studio/settings/tokens',
  '/studio/settings/log', '/studio/settings/memory', '/studio/terms?source=nb&target=ar', '/studio/terms/new?source=nb&target=ar',
  '/studio/terms/1?target=ar',
]
// For who is not signed in.
export const waysIn = ['/studio/sign-in', '/studio/password', '/studio/sign-in/no-such-code', '/studio/password/no-such-code']
export const sitePages = [
  '/en/', '/ar/', '/nb/', '/en/?type=news', '/nb/lillehammer-solidaritetsby', '/ar/lillehammer-solidarity-city', '/en/no-such-page',
]

const fill = async (page, values) => {
  for (const [selector, value] of Object.entries(values)) await page.locator(selector).fill(value)
}
// The form that has the field, by its first button or the one with this value, past what the browser asks for: it is
// the server's answer that is wanted.
async function send(page, field, value) {
  const loaded = page.waitForEvent('load')
  await page.locator(field).evaluate((element, value) => {
    const { form } = element
    form.noValidate = true
    form.requestSubmit(value ? form.querySelector(`button[value="${value}"]`) : form.querySelector('button:not([type=button])'))
  }, value)
  await loaded
}

const prepared = new Set()
// What the demo content lacks: a term, and an account. Once at each server.
export async function prepare(t, page) {
  if (prepared.has(t.url)) return
  prepared.add(t.url)
  await t.cli('user', 'create', 'selma', '--role', 'translator', '--locale', 'ar')
  await page.goto(t.url + '/studio/terms/new?source=nb&target=ar')
  await fill(page, { '#f-text': 'solidaritetsby', '#f-texts': 'مدينة التضامن' })
  await send(page, '#f-text', 'save')
}

// Pages that only a POST leads to: each goes to one.
export const outcomes = {
  'what the board did, and what it refused': async (t, page) => {
    await page.goto(t.url + '/studio/board')
    for (const box of await page.locator('input[name=article]').all()) await box.check()
    await page.locator('form select[name=locale]').selectOption('ar')
    await send(page, 'form select[name=locale]', 'publish')
  },
  'the consequences of a source': async (t, page) => {
    await page.goto(`${t.url}${article}/nb`)
    const body = page.locator('[name=body]')
    await body.fill((await body.inputValue()).replace('Vedtaket var enstemmig', 'Vedtaket var ganske enstemmig'))
    const loaded = page.waitForEvent('load')
    await body.evaluate(({ form }) => {
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'action', value: 'review' }))
      form.submit()
    })
    await loaded
  },
  'an article without a title': async (t, page) => {
    await page.goto(t.url + '/studio/new')
    await send(page, '#f-title')
  },
  'a term that is there already': async (t, page) => {
    await page.goto(t.url + '/studio/terms/new?source=nb&target=ar')
    await fill(page, { '#f-text': 'Solidaritetsby' })
    await send(page, '#f-text', 'save')
  },
  'an account whose name is taken': async (t, page) => {
    await page.goto(t.url + '/studio/settings/users')
    await fill(page, { '#f-name': 'selma' })
    await send(page, '#f-name')
  },
  'a language tag that is none': async (t, page) => {
    await page.goto(t.url + '/studio/settings/locales')
    await fill(page, { '#f-tag': 'no such tag' })
    await send(page, '#f-tag')
  },
  'a translation that is refused': async (t, page) => {
    await page.goto(`${t.url}${article}/en`)
    const loaded = page.waitForEvent('load')
    await page.locator('#slug').evaluate((field) => {
      field.value = 'No such slug!'
      field.form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'action', value: 'save' }))
      field.form.submit()
    })
    await loaded
  },
}
