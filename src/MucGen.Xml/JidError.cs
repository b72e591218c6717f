namespace MucGen.Xml;

/// <summary>Why text is not an address (RFC 7622 section 3).</summary>
public enum JidError : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>Nothing before the '@'.</summary>
    LocalEmpty,

    /// <summary>The localpart has more than 1023 bytes.</summary>
    LocalTooLong,

    /// <summary>The localpart has characters that UsernameCaseMapped or RFC 7622 section 3.3.1 refuse, or mixes writing directions.</summary>
    LocalForbidden,

    /// <summary>There is no domainpart.</summary>
    DomainEmpty,

    /// <summary>The domainpart has more than 1023 bytes.</summary>
    DomainTooLong,

    /// <summary>The domainpart is neither a domain name nor an IP address.</summary>
    DomainInvalid,

    /// <summary>Nothing behind the '/'.</summary>
    ResourceEmpty,

    /// <summary>The resourcepart has more than 1023 bytes.</summary>
    ResourceTooLong,

    /// <summary>The resourcepart has characters that OpaqueString refuses.</summary>
    ResourceForbidden,
}
