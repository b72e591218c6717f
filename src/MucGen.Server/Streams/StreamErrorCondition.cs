namespace MucGen.Server.Streams;

/// <summary>Why a stream ends (RFC 6120 section 4.9.3).</summary>
public enum StreamErrorCondition : byte
{
    /// <summary>XML that cannot be processed, when nothing more specific fits.</summary>
    BadFormat,
    /// <summary>A namespace prefix that is not supported, or is missing where one is needed.</summary>
    BadNamespacePrefix,
    /// <summary>A newer stream took over the address.</summary>
    Conflict,
    /// <summary>The peer was silent for too long.</summary>
    ConnectionTimeout,
    /// <summary>The host was served once, but is not any more.</summary>
    HostGone,
    /// <summary>The host is not served here.</summary>
    HostUnknown,
    /// <summary>A stanza between servers lacks an address.</summary>
    ImproperAddressing,
    /// <summary>A fault of this server.</summary>
    InternalServerError,
    /// <summary>A stanza's <c>from</c> is not the sender's address.</summary>
    InvalidFrom,
    /// <summary>The stream or content namespace is another one.</summary>
    InvalidNamespace,
    /// <summary>XML that a schema forbids.</summary>
    InvalidXml,
    /// <summary>Data was sent before the stream was authenticated.</summary>
    NotAuthorized,
    /// <summary>XML or namespaces that are not well-formed.</summary>
    NotWellFormed,
    /// <summary>A limit or policy of this service was violated.</summary>
    PolicyViolation,
    /// <summary>A host that is needed cannot be reached.</summary>
    RemoteConnectionFailed,
    /// <summary>The stream must be negotiated anew.</summary>
    Reset,
    /// <summary>The server lacks the resources for this stream.</summary>
    ResourceConstraint,
    /// <summary>A comment, processing instruction, DTD or entity reference.</summary>
    RestrictedXml,
    /// <summary>Another host serves this stream.</summary>
    SeeOtherHost,
    /// <summary>The server is shutting down.</summary>
    SystemShutdown,
    /// <summary>None of the others; comes with a condition of its own.</summary>
    UndefinedCondition,
    /// <summary>The encoding is not UTF-8.</summary>
    UnsupportedEncoding,
    /// <summary>A feature is mandatory that the peer does not know.</summary>
    UnsupportedFeature,
    /// <summary>A first-level element that is no stanza.</summary>
    UnsupportedStanzaType,
    /// <summary>A version of XMPP that is not supported.</summary>
    UnsupportedVersion,
}

/// <summary>The wire names of stream errors.</summary>
public static class StreamErrorNames
{
    /// <summary>The local name of the condition's element.</summary>
    public static ReadOnlySpan<byte> ToUtf8(this StreamErrorCondition condition) => condition switch
    {
        StreamErrorCondition.BadFormat => "bad-format"u8,
        StreamErrorCondition.BadNamespacePrefix => "bad-namespace-prefix"u8,
        StreamErrorCondition.Conflict => "conflict"u8,
        StreamErrorCondition.ConnectionTimeout => "connection-timeout"u8,
        StreamErrorCondition.HostGone => "host-gone"u8,
        StreamErrorCondition.HostUnknown => "host-unknown"u8,
        StreamErrorCondition.ImproperAddressing => "improper-addressing"u8,
        StreamErrorCondition.InternalServerError => "internal-server-error"u8,
        StreamErrorCondition.InvalidFrom => "invalid-from"u8,
        StreamErrorCondition.InvalidNamespace => "invalid-namespace"u8,
        StreamErrorCondition.InvalidXml => "invalid-xml"u8,
        StreamErrorCondition.NotAuthorized => "not-authorized"u8,
        StreamErrorCondition.NotWellFormed => "not-well-formed"u8,
        StreamErrorCondition.PolicyViolation => "policy-violation"u8,
        StreamErrorCondition.RemoteConnectionFailed => "remote-connection-failed"u8,
        StreamErrorCondition.Reset => "reset"u8,
        StreamErrorCondition.ResourceConstraint => "resource-constraint"u8,
        StreamErrorCondition.RestrictedXml => "restricted-xml"u8,
        StreamErrorCondition.SeeOtherHost => "see-other-host"u8,
        StreamErrorCondition.SystemShutdown => "system-shutdown"u8,
        StreamErrorCondition.UndefinedCondition => "undefined-condition"u8,
        StreamErrorCondition.UnsupportedEncoding => "unsupported-encoding"u8,
        StreamErrorCondition.UnsupportedFeature => "unsupported-feature"u8,
        StreamErrorCondition.UnsupportedStanzaType => "unsupported-stanza-type"u8,
        StreamErrorCondition.UnsupportedVersion => "unsupported-version"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };
}
