using System.Xml.Linq;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <summary>What the specifications promise to whoever sends a stanza.</summary>
internal enum Promise
{
    /// <summary>Exactly one answer.</summary>
    OneAnswer,

    /// <summary>At most one: an error, or what another client may or may not say.</summary>
    AtMostOne,
}

/// <summary>A stanza that a client has sent, by its id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Room">To which room.</param>
/// <param name="Xml">The stanza.</param>
/// <param name="Promise">What must come back.</param>
/// <param name="Change">What is so once it is acknowledged; null when nothing is claimed.</param>
internal sealed record Request(string Id, Jid Room, string Xml, Promise Promise, Func<Room?, bool>? Change = null)
{
    /// <summary>Whether it is a presence.</summary>
    public bool IsPresence => Xml.StartsWith("<presence", StringComparison.Ordinal);

    /// <summary>What the client does when the answer is no error.</summary>
    public Action<XElement>? Then { get; init; }

    /// <summary>Where the ids of a page of the archive are collected; null when it asks for none.</summary>
    public List<string>? Page { get; init; }

    /// <summary>Its place among everything that is asked and answered.</summary>
    public int Order { get; set; }

    /// <summary>How many answers came.</summary>
    public int Answers { get; set; }

    /// <summary>Whether the change was on disk at some moment since it was asked for.</summary>
    public bool IsOnDisk { get; private set; }

    /// <summary>The room on disk is like this now; null when there is none.</summary>
    public void Observe(Room? committed) => IsOnDisk = IsOnDisk || Change is null || Change(committed);
}
