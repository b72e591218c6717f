namespace MucGen.Server.Streams;

/// <summary>What the read loop does after a frame.</summary>
internal enum NegotiationStep : byte
{
    /// <summary>Read the next frame.</summary>
    GoOn,

    /// <summary>Throw away what was read ahead and begin the TLS handshake.</summary>
    StartTls,

    /// <summary>Read no more: the stream is ending.</summary>
    End,
}
