/** The page of the web server in front, for what never reaches the interface. */
export function iisPage(status: PageStatus): string {
  const { title, text } = pages[status];
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/><title>${status} - ${title}</title></head>
<body>
<div id="header"><h1>Server Error</h1></div>
<div id="content"><fieldset><h2>${status} - ${title}</h2><h3>${text}</h3></fieldset></div>
</body>
</html>
`;
}

export type PageStatus = keyof typeof pages;

const pages = {
  400: {
    title: "Bad Request.",
    text: "The request could not be understood by the server due to malformed syntax.",
  },
  403: {
    title: "Forbidden: Access is denied.",
    text: "You do not have permission to view this directory or page using the credentials that you supplied.",
  },
  404: {
    title: "File or directory not found.",
    text: "The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
  },
  405: {
    title: "HTTP verb used to access this page is not allowed.",
    text: "The page you are looking for cannot be displayed because an invalid method (HTTP verb) was used to attempt access.",
  },
  413: {
    title: "Request entity too large.",
    text: "The page you requested was not served because the request was too large.",
  },
  500: {
    title: "Internal server error.",
    text: "There is a problem with the resource you are looking for, and it cannot be displayed.",
  },
  503: { title: "Service unavailable.", text: "The service is unavailable." },
} as const;
