"use strict";
const tools = document.querySelector(".tools");
const messages = [...document.querySelectorAll(".messages > li")];
const [search, change] = tools.querySelectorAll("input, select");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new Map(messages.map((message) => {
  const facts = [...message.children].filter((child) => child.localName !== "details");
  return [message, plain(facts.map((child) => child.textContent).join(" "))];
}));
const show = () => {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const message of messages) {
    const fits = words.every((word) => texts.get(message).includes(word));
    message.hidden = !fits || (change.value !== "" && message.dataset.change !== change.value);
    shown += message.hidden ? 0 : 1;
  }
  tools.querySelector("output").textContent = `${shown} shown`;
};
tools.hidden = messages.length === 0;
tools.addEventListener("input", show);
show();
// hundreds of frames at once would keep the browser busy for a minute, also with loading="lazy"
document.addEventListener("toggle", (event) => {
  for (const figure of event.target.querySelectorAll("figure[data-src]")) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.className = figure.className;
    frame.title = figure.textContent;
    frame.src = figure.dataset.src;
    figure.removeAttribute("data-src");
    figure.append(frame);
  }
}, true);
document.querySelectorAll(".looks").forEach((looks) => { looks.hidden = false; });
