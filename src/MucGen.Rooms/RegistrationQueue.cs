using System.Collections;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What somebody tells about themselves when they register (XEP-0045 16.5.1), for the admins who decide; null what they left out.</summary>
/// <param name="First">The given name.</param>
/// <param name="Last">The family name.</param>
/// <param name="Url">A web page.</param>
/// <param name="Email">An email address.</param>
/// <param name="FaqEntry">An entry for a list of questions and answers; its lines are separated by line feeds.</param>
public sealed record RegistrationDetails(string? First = null, string? Last = null, string? Url = null, string? Email = null, string? FaqEntry = null);

/// <summary>A registration that waits for an admin (XEP-0045 9.9).</summary>
/// <param name="BareJid">Who wants to be registered.</param>
/// <param name="Nick">The nick asked for, prepared.</param>
/// <param name="Details">What they tell about themselves; null when nothing.</param>
public sealed record RegistrationRequest(Jid BareJid, string Nick, RegistrationDetails? Details = null);

/// <summary>The registrations that wait, in the order in which people first asked: one a person, any number for a nick.</summary>
public sealed class RegistrationQueue : IReadOnlyList<RegistrationRequest>
{
    private readonly List<RegistrationRequest> waiting = [];

    /// <inheritdoc/>
    public int Count => waiting.Count;

    /// <inheritdoc/>
    public RegistrationRequest this[int index] => waiting[index];

    /// <summary>The request of this person; null when there is none.</summary>
    public RegistrationRequest? Find(Jid bareJid) => waiting.Find(request => request.BareJid.Equals(bareJid));

    /// <summary>The oldest request for this prepared nick; null when there is none.</summary>
    public RegistrationRequest? FindFirst(string nick) => waiting.Find(request => request.Nick == nick);

    /// <inheritdoc/>
    public IEnumerator<RegistrationRequest> GetEnumerator() => waiting.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a request, or changes that of the same person in its place.</summary>
    internal void Put(RegistrationRequest request)
    {
        var index = waiting.FindIndex(other => other.BareJid.Equals(request.BareJid));
        if (index < 0)
            waiting.Add(request);
        else
            waiting[index] = request;
    }

    /// <summary>Drops the request of a person, or of everybody from a domain.</summary>
    internal void Remove(Jid listed) => waiting.RemoveAll(
        request => listed.Local is null ? request.BareJid.Domain == listed.Domain : request.BareJid.Equals(listed));

    internal void Clear() => waiting.Clear();
}
