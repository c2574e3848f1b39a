// Shows the OpenAPI document; everything comes from our own origin.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api-docs");
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    validatorUrl: null,
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    // A bearer token is all it takes: a cookie alone writes nothing.
    requestInterceptor: (asked) => ({ ...asked, credentials: "omit" }),
  });
});
