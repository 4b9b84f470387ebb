// Runs once: hands on what Python puts into the outbox. It is never shown.
watch("value", () => {
  if (props.value) document.dispatchEvent(new CustomEvent("parley", { detail: JSON.parse(props.value) }));
});
