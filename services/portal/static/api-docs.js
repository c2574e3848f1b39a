// Shows the OpenAPI document; everything comes from our own origin.
"use strict";

// Swagger UI leaves choices without names, and code that scrolls out of a keyboard's reach.
const mend = (place) => {
  for (const choice of place.querySelectorAll("select:not([aria-label])")) {
    const row = choice.closest("[data-param-name]");
    choice.setAttribute("aria-label", row ? row.dataset.paramName : "内容类型");
  }
  for (const code of place.querySelectorAll("pre:not([tabindex])")) code.tabIndex = 0;
};

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api-docs");
  new MutationObserver(() => mend(place)).observe(place, { childList: true, subtree: true });
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    validatorUrl: null,
    deepLinking: false, // else there is a link inside of each operation's button
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    syntaxHighlight: { activated: false }, // its colours are too weak on their ground
    // A bearer token is all it takes: a cookie alone writes nothing.
    requestInterceptor: (asked) => ({ ...asked, credentials: "omit" }),
  });
});
