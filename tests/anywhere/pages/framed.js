addEventListener("message", ({ source, data }) => {
  const frame = document.querySelector("#loops");
  if (source === frame.contentWindow && data.type === "loopscope-height") frame.height = data.height;
});
