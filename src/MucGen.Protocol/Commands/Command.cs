namespace MucGen.Protocol;

/// <summary>
/// One ad-hoc command (XEP-0050): who may run it, the form that it needs, and what it does. It exists because the <see cref="CommandList{TTurn}"/> of its context
/// names it; discovery follows from that.
/// </summary>
/// <remarks>One instance serves everybody, so it has no state.</remarks>
/// <typeparam name="TTurn">The context whose command it is.</typeparam>
/// <param name="node">Its node, unique in the context.</param>
/// <param name="name">Its name for people.</param>
public abstract class Command<TTurn>(string node, string name)
    where TTurn : StanzaTurn, ICommandTurn
{
    /// <summary>Its node.</summary>
    public string Node { get; } = node;

    /// <summary>Its name for people.</summary>
    public string Name { get; } = name;

    /// <summary>Whether a form that comes without a session is taken, from those who know it without asking for it (XEP-0317 3.3).</summary>
    public virtual bool TakesFormAtOnce => false;

    /// <summary>Whether the requester may run it. Asked at every stage; to others the command is not listed.</summary>
    public abstract bool IsFor(TTurn turn);

    /// <summary>The form to fill in; null when the command needs none and runs at once.</summary>
    public virtual StanzaContent? Form(TTurn turn) => null;

    /// <summary>Runs it.</summary>
    /// <param name="turn">The request.</param>
    /// <param name="form">The submitted form, to be read by its emitted view; absent when the command has none.</param>
    public abstract CommandOutcome Run(TTurn turn, DataFormView form);
}
