namespace MucGen.Xml;

/// <summary>The type of a stanza error: what the sender may do about it (RFC 6120 section 8.3.2).</summary>
public enum StanzaErrorType : byte
{
    /// <summary>Do not retry.</summary>
    Cancel,

    /// <summary>Retry after changing the data.</summary>
    Modify,

    /// <summary>Retry after providing credentials.</summary>
    Auth,

    /// <summary>Retry after waiting.</summary>
    Wait,

    /// <summary>Proceed: it was only a warning.</summary>
    Continue,
}

/// <summary>The defined conditions of stanza errors (RFC 6120 section 8.3.3; policy-violation included).</summary>
public enum StanzaErrorCondition : byte
{
    /// <summary>bad-request</summary>
    BadRequest,

    /// <summary>conflict</summary>
    Conflict,

    /// <summary>feature-not-implemented</summary>
    FeatureNotImplemented,

    /// <summary>forbidden</summary>
    Forbidden,

    /// <summary>gone</summary>
    Gone,

    /// <summary>internal-server-error</summary>
    InternalServerError,

    /// <summary>item-not-found</summary>
    ItemNotFound,

    /// <summary>jid-malformed</summary>
    JidMalformed,

    /// <summary>not-acceptable</summary>
    NotAcceptable,

    /// <summary>not-allowed</summary>
    NotAllowed,

    /// <summary>not-authorized</summary>
    NotAuthorized,

    /// <summary>policy-violation</summary>
    PolicyViolation,

    /// <summary>recipient-unavailable</summary>
    RecipientUnavailable,

    /// <summary>redirect</summary>
    Redirect,

    /// <summary>registration-required</summary>
    RegistrationRequired,

    /// <summary>remote-server-not-found</summary>
    RemoteServerNotFound,

    /// <summary>remote-server-timeout</summary>
    RemoteServerTimeout,

    /// <summary>resource-constraint</summary>
    ResourceConstraint,

    /// <summary>service-unavailable</summary>
    ServiceUnavailable,

    /// <summary>subscription-required</summary>
    SubscriptionRequired,

    /// <summary>undefined-condition</summary>
    UndefinedCondition,

    /// <summary>unexpected-request</summary>
    UnexpectedRequest,
}

/// <summary>The wire names of stanza errors, and the type that goes with a condition by default.</summary>
public static class StanzaErrorNames
{
    /// <summary>The value of the <c>type</c> attribute.</summary>
    public static ReadOnlySpan<byte> ToUtf8(this StanzaErrorType type) => type switch
    {
        StanzaErrorType.Cancel => "cancel"u8,
        StanzaErrorType.Modify => "modify"u8,
        StanzaErrorType.Auth => "auth"u8,
        StanzaErrorType.Wait => "wait"u8,
        StanzaErrorType.Continue => "continue"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The local name of the condition's element.</summary>
    public static ReadOnlySpan<byte> ToUtf8(this StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.BadRequest => "bad-request"u8,
        StanzaErrorCondition.Conflict => "conflict"u8,
        StanzaErrorCondition.FeatureNotImplemented => "feature-not-implemented"u8,
        StanzaErrorCondition.Forbidden => "forbidden"u8,
        StanzaErrorCondition.Gone => "gone"u8,
        StanzaErrorCondition.InternalServerError => "internal-server-error"u8,
        StanzaErrorCondition.ItemNotFound => "item-not-found"u8,
        StanzaErrorCondition.JidMalformed => "jid-malformed"u8,
        StanzaErrorCondition.NotAcceptable => "not-acceptable"u8,
        StanzaErrorCondition.NotAllowed => "not-allowed"u8,
        StanzaErrorCondition.NotAuthorized => "not-authorized"u8,
        StanzaErrorCondition.PolicyViolation => "policy-violation"u8,
        StanzaErrorCondition.RecipientUnavailable => "recipient-unavailable"u8,
        StanzaErrorCondition.Redirect => "redirect"u8,
        StanzaErrorCondition.RegistrationRequired => "registration-required"u8,
        StanzaErrorCondition.RemoteServerNotFound => "remote-server-not-found"u8,
        StanzaErrorCondition.RemoteServerTimeout => "remote-server-timeout"u8,
        StanzaErrorCondition.ResourceConstraint => "resource-constraint"u8,
        StanzaErrorCondition.ServiceUnavailable => "service-unavailable"u8,
        StanzaErrorCondition.SubscriptionRequired => "subscription-required"u8,
        StanzaErrorCondition.UndefinedCondition => "undefined-condition"u8,
        StanzaErrorCondition.UnexpectedRequest => "unexpected-request"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    /// <summary>The type that RFC 6120 section 8.3.3 associates with a condition.</summary>
    public static StanzaErrorType DefaultType(this StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.BadRequest or StanzaErrorCondition.JidMalformed or StanzaErrorCondition.NotAcceptable
            or StanzaErrorCondition.PolicyViolation or StanzaErrorCondition.Redirect => StanzaErrorType.Modify,
        StanzaErrorCondition.Forbidden or StanzaErrorCondition.NotAuthorized or StanzaErrorCondition.RegistrationRequired
            or StanzaErrorCondition.SubscriptionRequired => StanzaErrorType.Auth,
        StanzaErrorCondition.RecipientUnavailable or StanzaErrorCondition.RemoteServerTimeout or StanzaErrorCondition.ResourceConstraint
            or StanzaErrorCondition.UnexpectedRequest => StanzaErrorType.Wait,
        _ => StanzaErrorType.Cancel,
    };
}
