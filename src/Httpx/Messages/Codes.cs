namespace Httpx;

/// <summary>The status codes by name, their reason phrases and their classes: <c>response.StatusCode == Codes.NotFound</c>.</summary>
/// <remarks>
/// HTTPX's <see href="https://www.python-httpx.org/quickstart/#response-status-codes">codes</see>; the phrases are its phrases too. The
/// codes are those of the IANA registry.
/// </remarks>
public static class Codes
{
    /// <summary>100 Continue.</summary>
    public const int Continue = 100;

    /// <summary>101 Switching Protocols.</summary>
    public const int SwitchingProtocols = 101;

    /// <summary>102 Processing.</summary>
    public const int Processing = 102;

    /// <summary>103 Early Hints.</summary>
    public const int EarlyHints = 103;

    /// <summary>200 OK.</summary>
    public const int OK = 200;

    /// <summary>201 Created.</summary>
    public const int Created = 201;

    /// <summary>202 Accepted.</summary>
    public const int Accepted = 202;

    /// <summary>203 Non-Authoritative Information.</summary>
    public const int NonAuthoritativeInformation = 203;

    /// <summary>204 No Content.</summary>
    public const int NoContent = 204;

    /// <summary>205 Reset Content.</summary>
    public const int ResetContent = 205;

    /// <summary>206 Partial Content.</summary>
    public const int PartialContent = 206;

    /// <summary>207 Multi-Status.</summary>
    public const int MultiStatus = 207;

    /// <summary>208 Already Reported.</summary>
    public const int AlreadyReported = 208;

    /// <summary>226 IM Used.</summary>
    public const int IMUsed = 226;

    /// <summary>300 Multiple Choices.</summary>
    public const int MultipleChoices = 300;

    /// <summary>301 Moved Permanently.</summary>
    public const int MovedPermanently = 301;

    /// <summary>302 Found.</summary>
    public const int Found = 302;

    /// <summary>303 See Other.</summary>
    public const int SeeOther = 303;

    /// <summary>304 Not Modified.</summary>
    public const int NotModified = 304;

    /// <summary>305 Use Proxy.</summary>
    public const int UseProxy = 305;

    /// <summary>307 Temporary Redirect.</summary>
    public const int TemporaryRedirect = 307;

    /// <summary>308 Permanent Redirect.</summary>
    public const int PermanentRedirect = 308;

    /// <summary>400 Bad Request.</summary>
    public const int BadRequest = 400;

    /// <summary>401 Unauthorized.</summary>
    public const int Unauthorized = 401;

    /// <summary>402 Payment Required.</summary>
    public const int PaymentRequired = 402;

    /// <summary>403 Forbidden.</summary>
    public const int Forbidden = 403;

    /// <summary>404 Not Found.</summary>
    public const int NotFound = 404;

    /// <summary>405 Method Not Allowed.</summary>
    public const int MethodNotAllowed = 405;

    /// <summary>406 Not Acceptable.</summary>
    public const int NotAcceptable = 406;

    /// <summary>407 Proxy Authentication Required.</summary>
    public const int ProxyAuthenticationRequired = 407;

    /// <summary>408 Request Timeout.</summary>
    public const int RequestTimeout = 408;

    /// <summary>409 Conflict.</summary>
    public const int Conflict = 409;

    /// <summary>410 Gone.</summary>
    public const int Gone = 410;

    /// <summary>411 Length Required.</summary>
    public const int LengthRequired = 411;

    /// <summary>412 Precondition Failed.</summary>
    public const int PreconditionFailed = 412;

    /// <summary>413 Request Entity Too Large.</summary>
    public const int RequestEntityTooLarge = 413;

    /// <summary>414 Request-URI Too Long.</summary>
    public const int RequestUriTooLong = 414;

    /// <summary>415 Unsupported Media Type.</summary>
    public const int UnsupportedMediaType = 415;

    /// <summary>416 Requested Range Not Satisfiable.</summary>
    public const int RequestedRangeNotSatisfiable = 416;

    /// <summary>417 Expectation Failed.</summary>
    public const int ExpectationFailed = 417;

    /// <summary>418 I'm a teapot.</summary>
    public const int ImATeapot = 418;

    /// <summary>421 Misdirected Request.</summary>
    public const int MisdirectedRequest = 421;

    /// <summary>422 Unprocessable Entity.</summary>
    public const int UnprocessableEntity = 422;

    /// <summary>423 Locked.</summary>
    public const int Locked = 423;

    /// <summary>424 Failed Dependency.</summary>
    public const int FailedDependency = 424;

    /// <summary>425 Too Early.</summary>
    public const int TooEarly = 425;

    /// <summary>426 Upgrade Required.</summary>
    public const int UpgradeRequired = 426;

    /// <summary>428 Precondition Required.</summary>
    public const int PreconditionRequired = 428;

    /// <summary>429 Too Many Requests.</summary>
    public const int TooManyRequests = 429;

    /// <summary>431 Request Header Fields Too Large.</summary>
    public const int RequestHeaderFieldsTooLarge = 431;

    /// <summary>451 Unavailable For Legal Reasons.</summary>
    public const int UnavailableForLegalReasons = 451;

    /// <summary>500 Internal Server Error.</summary>
    public const int InternalServerError = 500;

    /// <summary>501 Not Implemented.</summary>
    public const int NotImplemented = 501;

    /// <summary>502 Bad Gateway.</summary>
    public const int BadGateway = 502;

    /// <summary>503 Service Unavailable.</summary>
    public const int ServiceUnavailable = 503;

    /// <summary>504 Gateway Timeout.</summary>
    public const int GatewayTimeout = 504;

    /// <summary>505 HTTP Version Not Supported.</summary>
    public const int HttpVersionNotSupported = 505;

    /// <summary>506 Variant Also Negotiates.</summary>
    public const int VariantAlsoNegotiates = 506;

    /// <summary>507 Insufficient Storage.</summary>
    public const int InsufficientStorage = 507;

    /// <summary>508 Loop Detected.</summary>
    public const int LoopDetected = 508;

    /// <summary>510 Not Extended.</summary>
    public const int NotExtended = 510;

    /// <summary>511 Network Authentication Required.</summary>
    public const int NetworkAuthenticationRequired = 511;

    /// <summary>The usual phrase of a status code; empty for a code that has none.</summary>
    /// <param name="statusCode">The status code.</param>
    public static string GetReasonPhrase(int statusCode) => statusCode switch
    {
        Continue => "Continue",
        SwitchingProtocols => "Switching Protocols",
        Processing => "Processing",
        EarlyHints => "Early Hints",
        OK => "OK",
        Created => "Created",
        Accepted => "Accepted",
        NonAuthoritativeInformation => "Non-Authoritative Information",
        NoContent => "No Content",
        ResetContent => "Reset Content",
        PartialContent => "Partial Content",
        MultiStatus => "Multi-Status",
        AlreadyReported => "Already Reported",
        IMUsed => "IM Used",
        MultipleChoices => "Multiple Choices",
        MovedPermanently => "Moved Permanently",
        Found => "Found",
        SeeOther => "See Other",
        NotModified => "Not Modified",
        UseProxy => "Use Proxy",
        TemporaryRedirect => "Temporary Redirect",
        PermanentRedirect => "Permanent Redirect",
        BadRequest => "Bad Request",
        Unauthorized => "Unauthorized",
        PaymentRequired => "Payment Required",
        Forbidden => "Forbidden",
        NotFound => "Not Found",
        MethodNotAllowed => "Method Not Allowed",
        NotAcceptable => "Not Acceptable",
        ProxyAuthenticationRequired => "Proxy Authentication Required",
        RequestTimeout => "Request Timeout",
        Conflict => "Conflict",
        Gone => "Gone",
        LengthRequired => "Length Required",
        PreconditionFailed => "Precondition Failed",
        RequestEntityTooLarge => "Request Entity Too Large",
        RequestUriTooLong => "Request-URI Too Long",
        UnsupportedMediaType => "Unsupported Media Type",
        RequestedRangeNotSatisfiable => "Requested Range Not Satisfiable",
        ExpectationFailed => "Expectation Failed",
        ImATeapot => "I'm a teapot",
        MisdirectedRequest => "Misdirected Request",
        UnprocessableEntity => "Unprocessable Entity",
        Locked => "Locked",
        FailedDependency => "Failed Dependency",
        TooEarly => "Too Early",
        UpgradeRequired => "Upgrade Required",
        PreconditionRequired => "Precondition Required",
        TooManyRequests => "Too Many Requests",
        RequestHeaderFieldsTooLarge => "Request Header Fields Too Large",
        UnavailableForLegalReasons => "Unavailable For Legal Reasons",
        InternalServerError => "Internal Server Error",
        NotImplemented => "Not Implemented",
        BadGateway => "Bad Gateway",
        ServiceUnavailable => "Service Unavailable",
        GatewayTimeout => "Gateway Timeout",
        HttpVersionNotSupported => "HTTP Version Not Supported",
        VariantAlsoNegotiates => "Variant Also Negotiates",
        InsufficientStorage => "Insufficient Storage",
        LoopDetected => "Loop Detected",
        NotExtended => "Not Extended",
        NetworkAuthenticationRequired => "Network Authentication Required",
        _ => "",
    };

    /// <summary>Whether the code says that the final answer is still to come: 100 to 199.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsInformational(int statusCode) => statusCode is >= 100 and <= 199;

    /// <summary>Whether the code says that the request succeeded: 200 to 299.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsSuccess(int statusCode) => statusCode is >= 200 and <= 299;

    /// <summary>Whether the code is of the class of redirects, 300 to 399: not all of them can be followed.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsRedirect(int statusCode) => statusCode is >= 300 and <= 399;

    /// <summary>Whether the code says that the request was at fault: 400 to 499.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsClientError(int statusCode) => statusCode is >= 400 and <= 499;

    /// <summary>Whether the code says that the server was at fault: 500 to 599.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsServerError(int statusCode) => statusCode is >= 500 and <= 599;

    /// <summary>Whether the code is an error of either side: 400 to 599.</summary>
    /// <param name="statusCode">The status code.</param>
    public static bool IsError(int statusCode) => statusCode is >= 400 and <= 599;
}
