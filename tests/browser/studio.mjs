// For the specs of the studio: signed in once, by the link that the server printed; further pages share the session.
let session

// bypassCSP: axe is put into the page as a script, which the studio's own policy would refuse.
export async function signIn(t, options = {}) {
  const page = await t.page({ bypassCSP: true, locale: 'en', storageState: session?.url === t.url ? session.state : undefined, ...options })
  if (session?.url === t.url) return page
  await page.goto(t.signIn)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/studio$/)
  session = { url: t.url, state: await page.context().storageState() }
  return page
}
