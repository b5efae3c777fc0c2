// Tables of what an act is to be of: "choose all", and how many are.
for (const all of document.querySelectorAll('input[data-all]')) {
  const boxes = () => [...document.querySelectorAll(`input[name="${CSS.escape(all.dataset.all)}"]`)]
  all.hidden = false
  all.addEventListener('change', () => boxes().forEach((box) => (box.checked = all.checked)))
  const sync = () => {
    all.checked = boxes().every((box) => box.checked)
    all.indeterminate = !all.checked && boxes().some((box) => box.checked)
  }
  document.addEventListener('change', sync)
  sync()
}

// How many an act would be of: those with a mark, or all that the filter finds.
for (const said of document.querySelectorAll('[data-chosen]')) {
  const language = new Intl.Locale(document.documentElement.lang, { numberingSystem: said.dataset.digits })
  const found = document.querySelector('input[name="all"][data-count]')
  const say = () => {
    const chosen = document.querySelectorAll(`input[name="${CSS.escape(said.dataset.chosen)}"]:checked`).length
    const count = found?.checked ? Number(found.dataset.count) : chosen
    said.hidden = false
    said.querySelector('b').textContent = new Intl.NumberFormat(language.toString()).format(count)
  }
  document.addEventListener('change', say)
  say()
}
