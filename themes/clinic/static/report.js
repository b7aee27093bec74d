// Adds the words that the reader has marked to the link "Report a problem with this page". Ctrl and Enter follow it.
// It sends nothing: the link opens a mail or a form, and the reader sends it or does not.
(function () {
  "use strict";
  var link = document.getElementById("bs-report");
  if (!link) return;
  var plain = link.href.split("#");
  var longest = 500;
  var isOnLink = false;

  function prefill() {
    var words = String(getSelection()).trim();
    // Pressing the link takes the marks away, and they are what it is pressed for.
    if (!words && isOnLink) return;
    if (words.length > longest) words = words.slice(0, longest) + "…";
    // The text of the report is the last thing in the address, or stands before its fragment.
    var more = words && encodeURIComponent("\r\n\r\n" + link.dataset.text + "\r\n" + words);
    link.href = [plain[0] + more].concat(plain.slice(1)).join("#");
  }

  document.addEventListener("pointerdown", function (event) {
    isOnLink = link.contains(event.target);
  });
  document.addEventListener("selectionchange", prefill);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.ctrlKey && !event.altKey && !event.shiftKey && String(getSelection()).trim()) {
      event.preventDefault();
      prefill();
      link.click();
    }
  });
})();
